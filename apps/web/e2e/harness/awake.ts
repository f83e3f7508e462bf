import type { Locator } from "@playwright/test";
import { expect } from "./test.ts";

/** Waits until the page's script has taken the control over. Faster than any person, a test would press it before that. */
export async function expectAwake(control: Locator): Promise<void> {
  await expect.poll(() => control.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__reactProps")))).toBe(true);
}
