import type { Page } from "@playwright/test";
import { formatMonth } from "@atrium/kernel";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expectAccessible } from "./harness/accessible.ts";
import { apiOf } from "./harness/api.ts";
import type { House } from "./harness/env.ts";
import { paise, sum } from "./harness/money.ts";
import { expect, test } from "./harness/test.ts";
import { DataList } from "./pages/data-list.ts";
import { ImportPage } from "./pages/import-page.ts";
import { MonthPage } from "./pages/month-page.ts";
import { PayslipPage } from "./pages/payslip-page.ts";

// One day at Acme, by five people, one after the other: each finds what the one before has left.
test.describe.configure({ mode: "serial" });

const sample = fileURLToPath(new URL("../../../packages/people/samples/joiners.csv", import.meta.url));

/** What a click saves, as the browser saves it. */
async function saved(page: Page, click: () => Promise<void>): Promise<{ readonly name: string; readonly content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test("HR learns every row's fate before anybody is added, and then adds the good rows only", async ({ as }) => {
  const page = await as("hr@acme");
  const imports = new ImportPage(page);
  await imports.open("acme");
  await imports.check(sample);
  await expect(imports.count("In the file")).toContainText("14");
  await expect(imports.count("Good")).toContainText("5");
  await expect(imports.count("Need a correction")).toContainText("9");
  await expect(page.getByText("9 of 14 rows need a correction before they can be imported.")).toBeVisible();
  await expect(page.getByText(/not known and left out: Blood group/)).toBeVisible();
  const reasons: readonly (readonly [RegExp, RegExp])[] = [
    [/Imran Khan/, /Date of joining.*31\/11\/2026/s],
    [/Kavita Deshmukh/, /Employee code.*ACM9001/s],
    [/Suresh Iyer/, /PAN.*XXXXX9008A/s],
    [/Varun Ghosh/, /Bank account.*XXXX/s],
    [/Tanvi Bose/, /IFSC.*ATRM1000001/s],
    [/Nikhil Roy/, /Department.*Rocketry/s],
  ];
  for (const [person, why] of reasons) await expect(imports.rows.row(person)).toHaveText(why, { useInnerText: true });

  const problems = await saved(page, () => imports.download.click());
  expect(problems.name).toMatch(/\.csv$/);
  expect(problems.content.toString("utf8")).toContain("XXXXX9008A");

  await imports.commit(5);
  await expect(page.getByText("5 people were added.")).toBeVisible();
  await page.getByRole("link", { name: "Show the people" }).click();
  await expect(new DataList(page, "People").row("Sen, Ananya")).toBeVisible();
});

test("HR finds people by search, filter, order and page, and the address keeps it all", async ({ as }) => {
  const page = await as("hr@acme");
  const people = new DataList(page, "People");
  await page.goto("/acme/people");
  await people.expectFresh();
  await expect(people.rows).toHaveCount(50);
  await people.filter("Department", "Engineering");
  await people.filter("Location", "Pune");
  await people.expectFresh();
  await expect(page).toHaveURL(/departmentId=dep_.*locationId=loc_/);
  for (const text of await people.rows.allInnerTexts()) expect(text).toMatch(/Engineering.*Pune/s);

  const found = await people.rows.count();
  await page.reload();
  await people.expectFresh();
  await expect(people.rows).toHaveCount(found);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await people.search.fill("ACM0042");
  await expect(people.rows).toHaveCount(1);
  await people.rows.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/acme\/people\/emp_/);
  await expect(page.getByText("ACM0042").first()).toBeVisible();
  await page.goBack();
  await expect(people.rows).toHaveCount(1);
  await expect(people.search).toHaveValue("ACM0042");
});

test("HR downloads the very list that the filters leave, as CSV", async ({ as }) => {
  const page = await as("hr@acme");
  const people = new DataList(page, "People");
  await page.goto("/acme/people?status=left");
  await people.expectFresh();
  const listed = await people.rows.count();
  expect(listed).toBeGreaterThan(0);
  const { name, content } = await saved(page, async () => {
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Download this list as CSV" }).click();
  });
  expect(name).toMatch(/\.csv$/);
  const [header = "", ...lines] = content.toString("utf8").trim().split("\n");
  expect(header).toContain("Code,Name");
  expect(lines).toHaveLength(listed);
});

test("the payroll manager sees what changed and who is blocked, starts the month, watches it, and cannot approve it", async ({ as, atrium }) => {
  const page = await as("payroll@acme");
  const month = new MonthPage(page);
  await page.goto("/acme/pay");
  await page.getByRole("link", { name: /^Open / }).click();
  await expect(month.changes.getByRole("tab", { name: /^Joining [1-9]/ })).toBeVisible();
  await expect(month.changes.getByRole("tab", { name: /^Leaving [1-9]/ })).toBeVisible();
  await month.changes.getByRole("tab", { name: /^Salary [1-9]/ }).click();
  await expect(month.changes.getByText("→").first()).toBeVisible();
  await expect(page.getByText("Has no salary for this month.").first()).toBeVisible();
  await month.startWithoutBlocked();
  await expect(month.progress).toBeVisible();
  await expect(page.getByText("This payroll waits for a second person")).toBeVisible({ timeout: 30_000 });
  await expect(month.approve).toHaveAttribute("aria-disabled", "true");
  await month.approve.click({ force: true });
  await expect(page.getByRole("tooltip")).toHaveText("You started this payroll. Somebody else has to approve it.");

  const starter = apiOf(atrium, "payroll@acme");
  const { run } = await starter.payroll.run.standing.query();
  await expect(starter.payroll.run.approve.mutate({ id: run?.id ?? "" })).rejects.toThrow("payroll/approver-is-starter");
});

/** The month that is open, as the server sees it. */
const openPeriod = async (atrium: House): Promise<string> => (await apiOf(atrium, "owner@acme").payroll.run.standing.query()).period;

test("before the approval every payslip on the screen adds up to the month's totals, to the paisa", async ({ as, atrium }) => {
  const page = await as("owner@acme");
  const month = new MonthPage(page);
  await month.open("acme", await openPeriod(atrium));
  await expect(month.approve).toBeVisible();
  const employees = Number(await month.figure("Employees").innerText());
  const [gross, deductions, net] = [await month.amount("Gross"), await month.amount("Deductions"), await month.amount("Net pay")];
  expect(gross - deductions).toBe(net);
  await month.openPart("Payslips");
  const nets = (await month.slips.columnToTheEnd(6)).map(paise);
  expect(nets).toHaveLength(employees);
  expect(sum(nets)).toBe(net);
});

test("until the month is approved the employee sees nothing of it", async ({ as, atrium }) => {
  const page = await as("employee@acme");
  await page.goto("/acme/payslips");
  const mine = new DataList(page, "Payslips");
  await mine.expectFresh();
  await expect(mine.rows).toHaveCount(2);
  await expect(mine.row(formatMonth(await openPeriod(atrium)))).toHaveCount(0);
});

test("a second person reads the totals and the differences, approves, and the payslips are given out", async ({ as, atrium }) => {
  const page = await as("owner@acme");
  const month = new MonthPage(page);
  await month.open("acme", await openPeriod(atrium));
  const net = await month.figure("Net pay").innerText();
  await expect(new DataList(page, "Differences from last month").row("Salary changed").first()).toBeVisible();
  await month.approve.click();
  await expect(month.dialog).toContainText(`Net pay is ${net}.`);
  await expectAccessible(page);
  await month.dialog.getByRole("button", { name: "Approve and publish" }).click();
  await expect(page.getByText(/\d+ payslips are published/)).toBeVisible({ timeout: 30_000 });
  await expect(month.figure("Net pay")).toHaveText(net);
});

test("the employee is told by mail, sees the payslip add up, and takes it home as a PDF", async ({ as, atrium }) => {
  const page = await as("employee@acme");
  const period = formatMonth(await openPeriod(atrium));
  await page.goto("/acme/payslips");
  await new DataList(page, "Payslips").row(period).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Payslip for ${period}`);
  const payslip = new PayslipPage(page);
  const [earnings, deductions] = [await payslip.lines("Earnings"), await payslip.lines("Deductions")];
  expect(sum(earnings.amounts)).toBe(earnings.total);
  expect(sum(deductions.amounts)).toBe(deductions.total);
  expect(paise(await payslip.net.innerText())).toBe(earnings.total - deductions.total);

  const { name, content } = await saved(page, () => payslip.download.click());
  expect(name).toMatch(/\.pdf$/);
  expect(content.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  expect(content.subarray(-1_024).toString("latin1")).toContain("%%EOF");

  await page.goto(`/outbox/payslip-${page.url().split("/").at(-1) ?? ""}`);
  await expect(page.getByRole("main")).toContainText("employee@acme.test");
  await expect(page.getByRole("main")).toContainText(period);
});

test.describe("a colleague's payslip", () => {
  test.use({ tolerated: /status of 404/ });

  test("is not there for the employee: not on the screen, not as data, not as a PDF", async ({ as, atrium }) => {
    const id = await payslipOfAColleague(atrium);
    const page = await as("employee@acme");
    await page.goto(`/acme/payslips/${id}`);
    await expect(page.getByText("There is nothing here")).toBeVisible();
    await expect(page.getByText("This payslip is not there, or it is not yours to see.")).toBeVisible();
    await expect(page.getByText("Net pay")).toHaveCount(0);
    await expect(apiOf(atrium, "employee@acme").payroll.payslip.get.query({ id })).rejects.toThrow("payslip/not-found");
    expect((await page.request.get(`/acme/api/payslips/${id}/pdf`)).status()).toBe(404);
  });
});

/** Of this month, of somebody else than the employee. */
async function payslipOfAColleague(atrium: House): Promise<string> {
  const { member } = await apiOf(atrium, "employee@acme").identity.session.me.query();
  const { payroll } = apiOf(atrium, "payroll@acme");
  const { run } = await payroll.run.standing.query();
  const { slips } = await payroll.review.slips.query({ id: run?.id ?? "" });
  const found = slips.find(({ employeeId }) => employeeId !== member.employeeId);
  if (found === undefined) throw new Error("Nobody else has a payslip in this month.");
  return found.id;
}
