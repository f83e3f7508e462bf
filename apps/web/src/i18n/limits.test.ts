import { readFileSync } from "node:fs";
import { limitCodes } from "@atrium/limits";
import { expect, it } from "vitest";
import { messages } from "./messages.ts";

const table = readFileSync(new URL("../server/door.table.txt", import.meta.url), "utf8");
const writes = [...table.matchAll(/^(\S+) +mutation/gm)].map(([, name = ""]) => name.replaceAll(".", "/"));

it("whatever writes has a sentence for whoever is told that it was not done", () => {
  expect(writes.length).toBeGreaterThan(60);
  expect(writes.filter((name) => !Object.hasOwn(messages.limits.undone, name))).toEqual([]);
});

it("every limit is named in a sentence of its own", () => {
  const codes = limitCodes.map((code) => code.replace("limits/", ""));
  expect(codes.filter((code) => !Object.hasOwn(messages.limits.reached, code))).toEqual([]);
});
