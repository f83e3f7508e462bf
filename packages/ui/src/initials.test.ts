import { expect, it } from "vitest";
import { initials } from "./initials.ts";

it.each([
  ["Kavya Nair", "KN"],
  ["Lakshmi Narayana Iyer", "LI"],
  ["Fatima", "F"],
  ["  meera   das ", "MD"],
  ["काव्या नायर", "काना"],
  ["(acting) 7", "A"],
  ["", ""],
])("the initials of %j are %j", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
