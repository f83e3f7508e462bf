import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addressOver } from "./instance.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atrium-instance-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a link from the command line leads to where the Atrium over its data folder runs", () => {
  expect(addressOver(folder)).toBe("http://localhost:3000");
  writeFileSync(join(folder, "launcher.json"), JSON.stringify({ pid: 1, url: "http://localhost:4100/" }));
  expect(addressOver(folder)).toBe("http://localhost:4100");
});
