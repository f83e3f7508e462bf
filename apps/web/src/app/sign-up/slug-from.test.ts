import { slugProblem } from "@atrium/kernel";
import { expect, it } from "vitest";
import { slugFrom } from "./slug-from.ts";

it.each([
  ["Acme Industries", "acme-industries"],
  ["  Ärzte & Söhne Pvt. Ltd. ", "arzte-sohne-pvt-ltd"],
  ["3M India", "m-india"],
  ["आशा", ""],
  ["!!!", ""],
  [`${"Very long name ".repeat(5)}`, "very-long-name-very-long-name-very-long"],
])("%j suggests %j", (company, slug) => {
  expect(slugFrom(company)).toBe(slug);
  if (slug !== "") expect(slugProblem(slug)).toBeUndefined();
});
