import { expect, it } from "vitest";
import { controlId, listProblems } from "./field-problems.ts";

const error = (message: string) => ({ type: "custom", message, ref: { type: "text", message: "the control, not an error" } });

it("lists nested errors by the path of their field, in order", () => {
  const errors = { name: error("Enter a name"), bank: { ifsc: error("Enter an IFSC") }, rows: [undefined, { code: error("Enter a code") }] };
  expect(listProblems(errors)).toEqual([
    { field: "name", message: "Enter a name" },
    { field: "bank.ifsc", message: "Enter an IFSC" },
    { field: "rows.1.code", message: "Enter a code" },
  ]);
});

it("tells an error from a field that is called message or type", () => {
  expect(listProblems({ message: error("Write a message"), type: error("Choose a type") })).toEqual([
    { field: "message", message: "Write a message" },
    { field: "type", message: "Choose a type" },
  ]);
});

it("gives what concerns the whole form no field, and what concerns a list the list's field", () => {
  expect(listProblems({ root: { server: error("The plan allows 200 people") }, rows: { root: error("Add a row") } })).toEqual([
    { message: "The plan allows 200 people" },
    { field: "rows", message: "Add a row" },
  ]);
});

it("makes an id without dots, which a link to it can carry", () => {
  expect(controlId("form", "rows.1.code")).toBe("form-rows-1-code");
});
