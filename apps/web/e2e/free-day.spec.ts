import type { Page } from "@playwright/test";
import { formatMonth, planTerms } from "@atrium/kernel";
import { fileURLToPath } from "node:url";
import type { Account } from "./harness/accounts.ts";
import { answersTo } from "./harness/answers.ts";
import type { Answer } from "./harness/answers.ts";
import { expect, test } from "./harness/test.ts";
import { DataList } from "./pages/data-list.ts";
import { ImportPage } from "./pages/import-page.ts";
import { MonthPage } from "./pages/month-page.ts";
import { PayslipPage } from "./pages/payslip-page.ts";

const sample = fileURLToPath(new URL("../../../packages/people/samples/joiners.csv", import.meta.url));

/** HR brings in the joiners of a file, finds people by search and filter, and takes a list home. */
async function hrWorks(page: Page): Promise<void> {
  const imports = new ImportPage(page);
  await imports.open("initrode");
  await imports.check(sample);
  await expect(imports.count("Good")).toContainText("5");
  await imports.commit(5);
  await expect(page.getByText("5 people were added.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "Show the people" }).click();
  const people = new DataList(page, "People");
  await expect(people.row("Sen, Ananya")).toBeVisible();
  await people.filter("Department", "Engineering");
  await people.filter("Location", "Pune");
  await people.expectFresh();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await people.search.fill("INT0012");
  await expect(people.rows).toHaveCount(1);
  await people.rows.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/people\/emp_/);
  await page.goBack();
  await expect(people.rows).toHaveCount(1);
  await page.getByRole("button", { name: "More actions" }).click();
  await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Download this list as CSV" }).click()]);
}

/** The payroll manager looks at the month, starts it and watches it to its end. Answers which month it was. */
async function payrollIsRun(page: Page): Promise<string> {
  const month = new MonthPage(page);
  await page.goto("/initrode/pay");
  await page.getByRole("link", { name: /^Open / }).click();
  await month.startWithoutBlocked();
  await expect(page.getByText("This payroll waits for a second person")).toBeVisible({ timeout: 30_000 });
  await month.openPart("Payslips");
  await month.slips.expectFresh();
  return page.url().split("/").at(-1)?.replace(/\?.*/, "") ?? "";
}

/** A second person reads the totals and the payslips, and approves. */
async function payrollIsApproved(page: Page, period: string): Promise<void> {
  const month = new MonthPage(page);
  await month.open("initrode", period);
  await month.openPart("Payslips");
  await month.slips.expectFresh();
  await month.approve.click();
  await month.dialog.getByRole("button", { name: "Approve and publish" }).click();
  await expect(page.getByText(/\d+ payslips are published/)).toBeVisible({ timeout: 30_000 });
}

/** An employee reads the payslip and takes it home. */
async function payslipIsRead(page: Page, period: string): Promise<void> {
  await page.goto("/initrode");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Payslips" }).click();
  const name = new RegExp(formatMonth(period));
  await new DataList(page, "Payslips").row(name).getByRole("link").click();
  const payslip = new PayslipPage(page);
  await Promise.all([page.waitForEvent("download"), payslip.download.click()]);
}

test("on the smallest plan a team works through its day, faster than people can, and is never refused for a limit", async ({ as }) => {
  test.slow();
  const day: { readonly who: Account; readonly answers: readonly Answer[] }[] = [];
  const comes = async (who: Account): Promise<Page> => {
    const page = await as(who);
    day.push({ who, answers: answersTo(page.context()) });
    return page;
  };
  await hrWorks(await comes("hr@initrode"));
  const period = await payrollIsRun(await comes("payroll@initrode"));
  await payrollIsApproved(await comes("owner@initrode"), period);
  await payslipIsRead(await comes("employee@initrode"), period);

  const all = day.flatMap(({ answers }) => answers);
  const counted = (answers: readonly Answer[]): number => answers.filter(({ isApi }) => isApi).length;
  test.info().annotations.push({ type: "API requests of the day", description: day.map(({ who, answers }) => `${who} ${String(counted(answers))}`).join(", ") });
  expect(all.filter(({ status }) => status === 429)).toEqual([]);
  // Somebody was counted at all, and the day takes little of what the company has for an hour.
  expect(counted(all)).toBeGreaterThan(20);
  expect(counted(all)).toBeLessThan(planTerms.free.limits.perHour / 5);
});
