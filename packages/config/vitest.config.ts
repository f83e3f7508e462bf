import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { isCi } from "./src/env.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const notOurs = ["**/node_modules/**", "**/generated/**", "**/.next/**", "**/.atrium/**"];

export default defineConfig({
  root,
  test: {
    pool: "forks",
    maxWorkers: 2,
    retry: 0,
    passWithNoTests: false,
    reporters: [isCi ? "dot" : "default"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["{apps,packages,prisma,load-tests}/**/*.test.{ts,tsx}"],
          exclude: [...notOurs, "**/*.int.test.ts", "**/e2e/**"],
          testTimeout: 5_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["{apps,packages,prisma,load-tests}/**/*.int.test.ts"],
          exclude: [...notOurs, "**/e2e/**"],
          globalSetup: "packages/config/src/integration-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
