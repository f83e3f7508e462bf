import { expect, it } from "vitest";
import { chosenLabel, setFilter } from "./filters.ts";

const status = { id: "status", label: "Status", options: [{ value: "active", label: "Active" }, { value: "left", label: "Left" }] };

it("a filter without a value is gone, so that the address does not carry it", () => {
  expect(setFilter({ status: ["left"], state: ["KA"] }, "status", [])).toEqual({ state: ["KA"] });
});

it("setting one filter leaves the others", () => {
  expect(setFilter({ state: ["KA"] }, "status", ["left"])).toEqual({ state: ["KA"], status: ["left"] });
});

it("a chip names the chosen values in words, and a value it does not know as it stands", () => {
  expect(chosenLabel(status, { status: ["active", "odd"] })).toBe("Active, odd");
  expect(chosenLabel(status, {})).toBeUndefined();
});
