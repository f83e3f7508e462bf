import { expect, it } from "vitest";
import { rankGroups } from "./ranking.ts";

const groups = [
  { id: "pages", heading: "Pages", items: [{ id: "payroll", label: "Payroll" }, { id: "people", label: "People", keywords: ["employees"] }] },
  { id: "actions", heading: "Actions", items: [{ id: "add", label: "Add employee" }] },
  { id: "empty", heading: "Empty", items: [] },
];
const ids = (query: string) => rankGroups(groups, query).flatMap((group) => group.items.map((item) => item.id));

it("keeps everything in its order until something is typed, without empty groups", () => {
  expect(rankGroups(groups, " ").map((group) => group.id)).toEqual(["pages", "actions"]);
});

it("finds by label and by keyword, best first within a group", () => {
  expect(ids("payr")).toEqual(["payroll"]);
  expect(ids("employee")).toEqual(["people", "add"]);
});

it("finds nothing where nothing fits", () => {
  expect(rankGroups(groups, "zzz")).toEqual([]);
});
