import { expect, test as base } from "@playwright/test";
import type { BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { sessionFile } from "./accounts.ts";
import type { Account } from "./accounts.ts";
import { house } from "./env.ts";
import type { House } from "./env.ts";
import { fromSomewhere } from "./network.ts";

export { expect };

type Looks = Pick<BrowserContextOptions, "viewport" | "colorScheme">;

/** The narrowest screen that everything has to work on. */
export const phone = { width: 375, height: 740 };

interface Fixtures {
  /** The house that was started for this run. */
  readonly atrium: House;
  /** What the console of this test's browsers may say: the browser itself reports each failed request there. */
  readonly tolerated: RegExp | undefined;
  /** A fresh browser of somebody who is signed in; of nobody without an account. */
  readonly as: (account: Account | undefined, looks?: Looks) => Promise<Page>;
}

/** Every test's browsers are watched: an error in the console, a refused script or an uncaught exception fails it. */
export const test = base.extend<Fixtures>({
  tolerated: [undefined, { option: true }],
  atrium: async ({ browserName: _ }, use) => {
    const standing = house();
    if (standing === undefined) throw new Error("No house was started: run Playwright with apps/web/playwright.config.ts.");
    await use(standing);
  },
  as: async ({ browser, atrium, tolerated }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (account, looks = {}) => {
      const context = await browser.newContext({ ...looks, extraHTTPHeaders: fromSomewhere(), ...(account && { storageState: sessionFile(atrium, account) }) });
      contexts.push(context);
      watch(context, complaints);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(complaints.filter((line) => tolerated?.test(line) !== true)).toEqual([]);
  },
});

function watch(context: BrowserContext, complaints: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.page()?.url() ?? ""}: ${message.text()}`);
  });
  context.on("weberror", (fault) => complaints.push(`${fault.page()?.url() ?? ""}: ${String(fault.error())}`));
}
