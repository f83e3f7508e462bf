import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test.ts";

/** WCAG 2.2, levels A and AA. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Waits until nothing on the page is still on its way. */
export async function expectSettled(page: Page): Promise<void> {
  await expect(page.locator("main")).toBeVisible();
  await expect(page.locator("[data-skeleton], [aria-busy=true]")).toHaveCount(0);
}

/** The page has no known fault that WCAG 2.2 AA names. Each one is told with the element that has it. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoFaults(page, (axe) => axe.withTags(tags));
}

/** The same while something behind a dialog is still on its way. */
export async function expectAccessibleMeanwhile(page: Page): Promise<void> {
  await expectFaultless(page, (axe) => axe.withTags(tags));
}

/** The same for the colours alone: all that the dark looks change. */
export async function expectContrast(page: Page): Promise<void> {
  await expectNoFaults(page, (axe) => axe.withRules(["color-contrast", "link-in-text-block"]));
}

async function expectNoFaults(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
  await expectSettled(page);
  await expectFaultless(page, choose);
}

async function expectFaultless(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
  // There are no frames within our pages, so each can be looked at where it is, which takes half the time.
  const { violations } = await choose(new AxeBuilder({ page }).setLegacyMode(true)).analyze();
  const faults = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ""}`));
  expect(faults, `accessibility of ${page.url()}`).toEqual([]);
}

/** Only a table's own frame may scroll sideways, never the page. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overhang, `pixels that ${page.url()} scrolls sideways`).toBe(0);
}
