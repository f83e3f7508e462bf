import { readdirSync } from "node:fs";
import { isTenantSlug, slugProblem } from "@atrium/kernel";
import { expect, it } from "vitest";

/** The first part of every path that is the house's own: the folders of the application, and the files it serves. */
const roots = readdirSync(new URL("../app/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^[[(_@]/.test(entry.name))
  .map(({ name }) => name);

it("there are folders to judge", () => {
  expect(roots).toEqual(expect.arrayContaining(["api", "outbox", "sign-up"]));
});

it.each(roots)("no company can take /%s, neither by signing up nor in an address", (root) => {
  expect(slugProblem(root)).toBe("reserved");
  expect(isTenantSlug(root)).toBe(false);
});
