import type { Page } from "@playwright/test";
import { expectSettled } from "./accessible.ts";
import type { Answer } from "./answers.ts";
import { expect } from "./test.ts";

/** The largest batch that the house takes. */
const maxCalls = 10;

/** Pages that need more than one request, each with its reason. */
const more: Readonly<Record<string, number>> = {
  // The whole chain of the trail is recomputed, which takes as long as the trail is: its first rows do not wait for that.
  "/[tenant]/settings/audit": 2,
};

/** A page that was just opened has asked for all that it shows in one request, which the house takes. */
export async function expectOneRequest(page: Page, pattern: string, answers: readonly Answer[]): Promise<void> {
  await expectSettled(page);
  await page.waitForLoadState("networkidle");
  const asked = answers.flatMap((answer) => (answer.isApi ? [`${answer.method} ${answer.asked}`] : []));
  expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(more[pattern] ?? 1);
  for (const one of asked) expect(one.split(",").length, one).toBeLessThanOrEqual(maxCalls);
}
