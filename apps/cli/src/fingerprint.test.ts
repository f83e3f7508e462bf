import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { sourcesIn } from "./fingerprint.ts";

test("a build is judged by its sources alone: not by what the build writes, nor by tests", () => {
  const root = mkdtempSync(join(tmpdir(), "atrium-test-"));
  const files = ["web/next.config.ts", "web/next-env.d.ts", "web/src/page.tsx", "web/src/page.test.tsx", "web/src/generated/client.ts", "web/.next/made.ts"];
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  expect(sourcesIn(root, ["web/*.ts", "web/{src,.next}/**/*.*"])).toEqual(["web/next.config.ts", "web/src/page.tsx"]);
  rmSync(root, { recursive: true });
});
