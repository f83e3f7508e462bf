import { defineConfig } from "@playwright/test";
import { house, isRoot } from "./e2e/harness/env.ts";

/** Real journeys in a real browser against the production build, with its own database, Redis and job server. */
export default defineConfig({
  testDir: "./e2e",
  testMatch: "*.spec.ts",
  outputDir: "./test-results",
  globalSetup: "./e2e/harness/set-up.ts",
  globalTimeout: 600_000,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    baseURL: house()?.url,
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      // Chromium's own sandbox does not run as root, and without the second it calls home.
      args: [...(isRoot ? ["--no-sandbox"] : []), "--disable-background-networking"],
    },
  },
});
