import type { Page } from "@playwright/test";
import { expectAccessible, expectContrast, expectNoSidewaysScroll } from "./harness/accessible.ts";
import type { House } from "./harness/env.ts";
import { comeInAsOperator } from "./harness/operator.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import type { OwnCompany } from "./harness/own-company.ts";
import { expect, phone, test as base } from "./harness/test.ts";
import { ConsolePage } from "./pages/console-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

const test = base.extend<{ readonly company: OwnCompany }>({
  company: async ({ atrium }, use) => {
    const company = await makeOwnCompany(atrium, "free");
    await use(company);
    await company.close();
  },
});

// Each refusal is one that the test has brought about.
test.use({ tolerated: /status of 4(00|29)/ });

/** What a request of the company's owner is answered, asked past the browser's own patience. */
async function requestsOf(page: Page, { slug, ownerEmail }: OwnCompany, { password }: House): Promise<() => Promise<number>> {
  await page.goto(`/${slug}/sign-in`);
  await new SignInPage(page).type(ownerEmail, password);
  await expect(page).toHaveURL(`/${slug}`);
  // A page that stays open would ask as well, and for itself.
  await page.goto("about:blank");
  return async () => (await page.request.get(`/${slug}/api/trpc/identity.devices.list`)).status();
}

test("an operator sees who is refused, gives the company more for a while, and takes it back", async ({ as, atrium, company }) => {
  const [operator, owner] = [await as(undefined), await as(undefined)];
  const ask = await requestsOf(owner, company, atrium);
  expect(await Promise.all(Array.from({ length: 50 }, ask))).toContain(429);
  await comeInAsOperator(operator, atrium);

  const desk = new ConsolePage(operator);
  await desk.open();
  await desk.showBusiestFirst();
  await desk.search(company.slug);
  await expect(desk.row(company.name)).toContainText("Free");
  await expectAccessible(operator);
  await desk.row(company.name).getByRole("link").click();
  await expect(operator.getByText("30 a minute, 500 an hour")).toHaveCount(2);
  await expect(operator.getByRole("table", { name: "What was refused, and for whom" })).toContainText("mem_");
  await expect(operator.getByText("Meera Joshi")).toHaveCount(0);
  await expectAccessible(operator);

  await operator.getByRole("button", { name: "Set an override" }).first().click();
  await desk.submitOverride();
  await expect(desk.dialog).toContainText("Give a reason of 5 to 500 characters.");
  await desk.dialog.getByLabel("Reason").fill("A migration over the weekend.");
  await desk.dialog.getByLabel("Requests a minute").fill("many");
  await desk.submitOverride();
  await expect(desk.dialog).toContainText("Enter a whole number of requests from 1 to 10,000,000.");
  await desk.dialog.getByLabel("Requests a minute").fill("");
  await desk.submitOverride();
  await expect(desk.dialog).toContainText("Say how many requests a minute or an hour the company may make.");
  await expectAccessible(operator);
  await desk.dialog.getByLabel("Requests a minute").fill("2,000");

  // The owner is being refused while it is given: the minute's few tokens go as they come.
  expect(await Promise.all(Array.from({ length: 40 }, ask))).toContain(429);
  await desk.submitOverride();
  await expect(desk.dialog).toBeHidden();
  await expect.poll(ask, { timeout: 1_000, intervals: [50] }).toBe(200);
  expect(await Promise.all(Array.from({ length: 40 }, ask))).toEqual(Array.from({ length: 40 }, () => 200));
  await expect(operator.getByText("2,000 a minute, 500 an hour")).toBeVisible();
  await expect(operator.getByRole("table", { name: "Overrides" })).toContainText("Om Operator");

  await operator.getByRole("button", { name: "Clear" }).click();
  await desk.dialog.getByRole("button", { name: "Clear" }).click();
  await expect(operator.getByText("An override holds until")).toBeHidden();
  await expect.poll(async () => (await Promise.all(Array.from({ length: 40 }, ask))).includes(429), { timeout: 5_000 }).toBe(true);
});

test("the console is there on a telephone, in the dark, and by keyboard", async ({ as, atrium, company }) => {
  const page = await as(undefined, { viewport: phone, colorScheme: "dark" });
  await comeInAsOperator(page, atrium);
  const desk = new ConsolePage(page);
  await desk.open();
  await desk.search(company.slug);
  await expectContrast(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("link", { name: company.name }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(company.name);
  await expectContrast(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Set an override" }).first().focus();
  await page.keyboard.press("Enter");
  await desk.dialog.getByLabel("Requests an hour").fill("900");
  await desk.dialog.getByLabel("Reason").fill("A migration over the weekend.");
  await page.keyboard.press("Control+Enter");
  await expect(desk.dialog).toBeHidden();
  await expect(page.getByText("30 a minute, 900 an hour")).toBeVisible();
});
