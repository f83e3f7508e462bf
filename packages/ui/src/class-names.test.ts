import { expect, it } from "vitest";
import { classNames } from "./class-names.ts";

it("lets the later of two classes for the same property win", () => {
  expect(classNames("px-2 text-ink", "px-4")).toBe("text-ink px-4");
});

it("keeps a size of text beside a colour of text", () => {
  expect(classNames("text-base", "text-ink-soft")).toBe("text-base text-ink-soft");
});

it("leaves out what is switched off", () => {
  expect(classNames("flex", false, undefined, { grow: true, hidden: false })).toBe("flex grow");
});
