import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleMeanwhile, expectNoSidewaysScroll } from "./harness/accessible.ts";
import { answersTo } from "./harness/answers.ts";
import { expectAwake } from "./harness/awake.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import type { OwnCompany } from "./harness/own-company.ts";
import { expect, phone, test as base } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { ImportPage } from "./pages/import-page.ts";
import { MembersPage } from "./pages/members-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

interface Fixtures {
  readonly company: OwnCompany;
  /** The owner of a company of the smallest plan, signed in. */
  readonly owner: Page;
}

const test = base.extend<Fixtures>({
  company: async ({ atrium }, use) => {
    const company = await makeOwnCompany(atrium, "free");
    await use(company);
    await company.close();
  },
  owner: async ({ as, atrium, company }, use) => {
    const page = await as(undefined);
    await page.goto(`/${company.slug}/sign-in`);
    await new SignInPage(page).type(company.ownerEmail, atrium.password);
    await expect(new Frame(page).places).toBeVisible();
    await use(page);
  },
});

// Each refusal is one that the test has brought about.
test.use({ tolerated: /status of 429/ });

/** Asks so often that for the next seconds nothing is left to ask with. */
async function drain(page: Page, { slug }: OwnCompany): Promise<void> {
  const ask = async () => (await page.request.get(`/${slug}/api/trpc/identity.devices.list`)).status();
  await expect.poll(async () => Promise.all(Array.from({ length: 10 }, ask)), { intervals: [0] }).toContain(429);
}

/** The same for as long as something is done: then nothing is left to do it with, however slow the machine is. */
async function withNothingLeft(page: Page, company: OwnCompany, work: () => Promise<void>): Promise<void> {
  await drain(page, company);
  let isDone = false;
  const storm = async (): Promise<void> => {
    while (!isDone) await page.request.get(`/${company.slug}/api/trpc/identity.devices.list`);
  };
  const storming = storm();
  try {
    await work();
  } finally {
    isDone = true;
    await storming;
  }
}

const banner = (page: Page) => page.getByText(/^Going on in \d+ s\.$/);

test("a page that meets the limit keeps what it shows, counts down, and goes on by itself", async ({ owner: page, company }) => {
  const members = new MembersPage(page);
  await page.goto(`/${company.slug}/settings/members`);
  await expect(members.rows).toContainText(company.ownerEmail);
  const answers = answersTo(page.context());
  await withNothingLeft(page, company, async () => {
    await members.search.fill("nobody has this name");
    await expect(banner(page)).toBeVisible();
  });
  await expect(page.getByRole("status").filter({ hasText: "You are at your own limit of requests. Going on in" })).toHaveCount(1);
  await expect(members.rows).toContainText(company.ownerEmail);
  await expectAccessibleMeanwhile(page);
  await expect(page.getByText("Nobody found")).toBeVisible({ timeout: 20_000 });
  await expect(banner(page)).toBeHidden();
  const statuses = answers.flatMap(({ asked, status }) => (asked.includes("identity.members.list") ? [status] : []));
  expect(statuses.slice(0, -1)).toEqual(statuses.slice(1).map(() => 429));
  expect(statuses.at(-1)).toBe(200);
  expect(statuses.length).toBeGreaterThan(1);
});

test("a write that meets the limit is done only when the person says so, once, and the form keeps what was typed", async ({ owner: page, company }) => {
  await page.goto(`/${company.slug}/people/organisation`);
  const name = page.getByLabel("New department");
  await expectAwake(name);
  const answers = answersTo(page.context());
  const dialog = page.getByRole("dialog", { name: "This was not done yet" });
  const repeat = dialog.getByRole("button", { name: "Repeat now" });
  await name.fill("Looms");
  await withNothingLeft(page, company, async () => {
    await name.press("Enter");
    await expect(dialog).toContainText("The department was not added.");
    await expect(repeat).toHaveAttribute("aria-disabled", "true");
  });
  await expect(dialog).toContainText("You are at your own limit of requests.");
  await expectAccessibleMeanwhile(page);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);

  await dialog.getByRole("button", { name: "Leave it" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Nothing was done, because you left it at that.")).toBeVisible();
  await expect(name).toHaveValue("Looms");

  // What is asked for now comes back by the time that is told.
  await drain(page, company);
  await name.press("Enter");
  await repeat.focus();
  await expect(dialog.getByText("You can repeat it now.")).toBeVisible({ timeout: 20_000 });
  await expect(repeat).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(name).toHaveValue("");
  await expect(page.getByRole("main").getByText("Looms", { exact: true })).toHaveCount(1);
  const writes = answers.filter(({ method }) => method === "POST");
  expect(writes.map(({ status }) => status)).toEqual([429, 429, 200]);
  await expectAccessible(page);
});

test("a file that is sent or fetched is held to the same: one asks, the other waits", async ({ owner: page, company }) => {
  const imports = new ImportPage(page);
  await page.goto(`/${company.slug}/people/import`);
  await expectAwake(imports.upload);
  const downloaded = page.waitForEvent("download", { timeout: 30_000 });
  await withNothingLeft(page, company, async () => {
    await page.getByRole("button", { name: "Download a sample" }).click();
    await expect(banner(page)).toBeVisible();
  });
  const download = await downloaded;
  expect(download.suggestedFilename()).toMatch(/\.csv$/);

  await page.getByLabel("File of joiners").setInputFiles({ name: "nobody.csv", mimeType: "text/csv", buffer: Buffer.from("Employee code,Full name\n") });
  const dialog = page.getByRole("dialog", { name: "This was not done yet" });
  await drain(page, company);
  await imports.upload.click();
  await expect(dialog).toContainText("The file was not uploaded.");
  await expect(dialog.getByText("You can repeat it now.")).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole("button", { name: "Repeat now" }).click();
  await expect(page).toHaveURL(/\/people\/import\/imp_/);
});

test.describe("whoever tries an account too often", () => {
  const told = (page: Page) => page.getByRole("alert").filter({ hasText: "This account is at its limit of tries. You can try again in" });

  /** Asks for a new password as often as the account may be tried at once. */
  async function tryOften(page: Page, { slug }: OwnCompany, email: string): Promise<void> {
    const ask = () => page.request.post(`/${slug}/api/trpc/identity.credentials.askReset?batch=1`, { data: { 0: { email } } });
    await Promise.all(Array.from({ length: 12 }, ask));
  }

  test("and then asks for a new password is told for how long to wait, and the seconds run down", async ({ as, company }) => {
    const page = await as(undefined);
    await page.goto(`/${company.slug}/forgot`);
    const email = `nobody@${company.slug}.test`;
    const submit = page.getByRole("button", { name: "Send the link" });
    await expectAwake(submit);
    await tryOften(page, company, email);
    await page.getByLabel("Email address").fill(email);
    await submit.click();
    await expect(told(page)).toBeVisible();
    await expect(submit).toHaveAttribute("aria-disabled", "true");
    await expect(page.getByLabel("Email address")).toHaveValue(email);
    await expectAccessible(page);
    await expect(told(page)).toBeHidden({ timeout: 20_000 });
  });

  test("and then signs in is told the same, and what was typed stays", async ({ as, company }) => {
    const page = await as(undefined);
    const signIn = new SignInPage(page);
    await page.goto(`/${company.slug}/sign-in`);
    await expectAwake(signIn.submit);
    await tryOften(page, company, company.ownerEmail);
    await signIn.type(company.ownerEmail, "a guess");
    await expect(told(page)).toBeVisible();
    await expect(signIn.submit).toHaveAttribute("aria-disabled", "true");
    await expect(signIn.email).toHaveValue(company.ownerEmail);
  });
});
