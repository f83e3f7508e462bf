import type { Page } from "@playwright/test";
import { expectAwake } from "./harness/awake.ts";
import { expect, test } from "./harness/test.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

const calendarOf = (company: string): string => `/${company}/settings/calendar?year=2031`;

const holidays = (page: Page) => page.getByRole("main").getByRole("listitem");

async function typeHoliday(page: Page, name: string, day: string): Promise<void> {
  await expectAwake(page.getByRole("button", { name: "Add", exact: true }));
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Holiday", { exact: true }).fill(name);
}

async function addIt(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(holidays(page).filter({ hasText: name })).toBeVisible();
}

test("two tabs on two companies never write to the wrong one, however their work is mixed, and each leads to the other", async ({ as, atrium }) => {
  const hooli = await as("hr@hooli");
  const umbrella = await hooli.context().newPage();
  await umbrella.goto(`/umbrella/sign-in?next=${encodeURIComponent(calendarOf("umbrella"))}`);
  await new SignInPage(umbrella).signIn("hr@umbrella", atrium.password);
  await expect(umbrella).toHaveURL(calendarOf("umbrella"));
  await hooli.goto(calendarOf("hooli"));

  // Typed in one before the other saves, saved after it; then the other way round.
  await typeHoliday(hooli, "Hooli first", "2031-01-10");
  await typeHoliday(umbrella, "Umbrella first", "2031-01-11");
  await addIt(umbrella, "Umbrella first");
  await addIt(hooli, "Hooli first");
  await typeHoliday(umbrella, "Umbrella second", "2031-02-11");
  await typeHoliday(hooli, "Hooli second", "2031-02-10");
  await Promise.all([addIt(hooli, "Hooli second"), addIt(umbrella, "Umbrella second")]);

  for (const [page, own] of [[hooli, "Hooli"], [umbrella, "Umbrella"]] as const) {
    await page.reload();
    await expect(holidays(page)).toHaveCount(2);
    await expect(holidays(page).filter({ hasText: own })).toHaveCount(2);
  }

  await hooli.getByRole("button", { name: /^Companies:/ }).click();
  await hooli.getByRole("menuitem", { name: "Umbrella Traders" }).click();
  await expect(hooli).toHaveURL("/umbrella");
  await expect(hooli.getByRole("button", { name: "Companies: Umbrella Traders" })).toBeVisible();
});
