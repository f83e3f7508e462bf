import { expect, it } from "vitest";
import { strengthOf } from "./strength.ts";

it("counts down to twelve signs, then tells an even text from a varied one and a long one", () => {
  expect(strengthOf("")).toEqual({ kind: "none", missing: 12 });
  expect(strengthOf("heron")).toEqual({ kind: "short", missing: 7 });
  expect(strengthOf("aaaaaaaaaaaaaaaa")).toEqual({ kind: "dull", missing: 0 });
  expect(strengthOf("tufted heron")).toEqual({ kind: "good", missing: 0 });
  expect(strengthOf("three herons by the mill")).toEqual({ kind: "strong", missing: 0 });
});
