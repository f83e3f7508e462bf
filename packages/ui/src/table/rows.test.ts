import { describe, expect, it } from "vitest";
import { ariaSort, canHide, firstView, nextSort, selectPage, stepRow } from "./rows.ts";
import type { DataTableColumn } from "./types.ts";

const column = (over: Partial<DataTableColumn<never>>): DataTableColumn<never> => ({ id: "name", header: "Name", cell: () => null, ...over });

describe("sorting by a header", () => {
  it("goes upward, downward, and back to the server's own order", () => {
    const up = nextSort(undefined, "name");
    const down = nextSort(up, "name");
    expect([up, down, nextSort(down, "name")]).toEqual([{ column: "name", direction: "asc" }, { column: "name", direction: "desc" }, undefined]);
  });

  it("starts upward on another column", () => {
    expect(nextSort({ column: "name", direction: "desc" }, "code")).toEqual({ column: "code", direction: "asc" });
  });

  it("is told to a screen reader on the sorted column alone", () => {
    expect(ariaSort({ column: "name", direction: "desc" }, "name")).toBe("descending");
    expect(ariaSort({ column: "name", direction: "desc" }, "code")).toBe("none");
  });
});

describe("moving along the rows", () => {
  it("begins at the first row and stops at either end", () => {
    expect(stepRow(-1, 1, 3)).toBe(0);
    expect(stepRow(2, 1, 3)).toBe(2);
    expect(stepRow(0, -1, 3)).toBe(0);
  });

  it("leads nowhere in an empty table", () => {
    expect(stepRow(-1, 1, 0)).toBe(-1);
  });
});

describe("the choice of columns", () => {
  const columns = [column({ mobile: "title" }), column({ id: "pan", isHiddenAtFirst: true }), column({ id: "code", isHideable: false })];

  it("starts with what the person kept, else with the columns not hidden at first", () => {
    expect(firstView(columns, undefined)).toEqual({ hiddenColumns: ["pan"], density: "comfortable" });
    expect(firstView(columns, { hiddenColumns: [], density: "compact" })).toEqual({ hiddenColumns: [], density: "compact" });
  });

  it("never takes the title away, by which a row is known", () => {
    expect(columns.map(canHide)).toEqual([false, true, false]);
  });
});

it("selecting a page keeps what is selected on other pages", () => {
  expect(selectPage(["a", "z"], ["a", "b"], true)).toEqual(["z", "a", "b"]);
  expect(selectPage(["a", "z"], ["a", "b"], false)).toEqual(["z"]);
});
