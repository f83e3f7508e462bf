import type { Page } from "@playwright/test";
import { expectAwake } from "./harness/awake.ts";
import type { House } from "./harness/env.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import type { OwnCompany } from "./harness/own-company.ts";
import { expectAccessible } from "./harness/accessible.ts";
import { cookiesOf } from "./harness/api.ts";
import { expect, test as base } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

const test = base.extend<{ readonly company: OwnCompany }>({
  company: async ({ atrium }, use) => {
    const company = await makeOwnCompany(atrium);
    await use(company);
    await company.close();
  },
});
test.use({ tolerated: /status of 40[1234]/ });

/** Longer ago than the days of grace and of reading together. */
const sixWeeksAgo = () => new Date(Date.now() - 42 * 86_400_000);

async function signIn(page: Page, { slug, ownerEmail }: OwnCompany, { password }: House): Promise<void> {
  await page.goto(`/${slug}/sign-in`);
  const form = new SignInPage(page);
  await expectAwake(form.submit);
  await form.email.fill(ownerEmail);
  await form.password.fill(password);
  await form.submit.click();
  await expect(page).toHaveURL(`/${slug}`);
  await expect(new Frame(page).places).toBeVisible();
}

/** A tab of somebody who is signed in, in which no page makes calls yet: one that is refused would lead the tab away. */
async function quietTab(page: Page, company: OwnCompany, house: House): Promise<Page> {
  await signIn(page, company, house);
  const tab = await page.context().newPage();
  await page.close();
  return tab;
}

const codeOf = async (page: Page, path: string): Promise<unknown> => {
  const answer = await page.request.get(path);
  return [answer.status(), /"(?:message|code)":"([^"]+)"/.exec(await answer.text())?.[1]];
};

test("a company that does not exist, or not any more, is said not to exist", async ({ as, atrium, company }) => {
  const page = await quietTab(await as(undefined), company, atrium);
  await company.set({ status: "deleted" });
  for (const slug of ["no-such-company", company.slug, "No_Such"]) {
    const answer = await page.goto(`/${slug}/people`);
    expect([slug, answer?.status()]).toEqual([slug, 404]);
    await expect(page.getByText("There is no company here")).toBeVisible();
    await expect(page.getByText("tenant_not_found")).toBeVisible();
    expect(await codeOf(page, `/${slug}/api/people/export`)).toEqual([404, "tenant_not_found"]);
  }
  await expectAccessible(page);
});

test("everybody of a suspended company is told so, and comes back when it is resumed", async ({ as, atrium, company }) => {
  const page = await quietTab(await as(undefined), company, atrium);
  await company.set({ status: "suspended" });
  const answer = await page.goto(`/${company.slug}/people`);
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`The account of ${company.name} is suspended`);
  await expect(page.getByText("tenant_suspended")).toBeVisible();
  await expectAccessible(page);
  for (const path of ["people/export", "trpc/identity.session.me"]) expect(await codeOf(page, `/${company.slug}/api/${path}`)).toEqual([403, "tenant_suspended"]);
  await company.set({ status: "active" });
  await page.goto(`/${company.slug}/suspended`);
  await expect(page).toHaveURL(`/${company.slug}`);
});

test("when the subscription is over every page leads to the one that says so, with billing, export and sign-out open", async ({ as, atrium, company }) => {
  const page = await as(undefined);
  await signIn(page, company, atrium);
  // The page that is open finds out by its next call, which is to be the one this click makes.
  await page.waitForLoadState("networkidle");
  await company.set({ subscriptionUntil: sixWeeksAgo() });
  await page.getByRole("link", { name: "People" }).first().click();
  await expect(page).toHaveURL(`/${company.slug}/subscription`);
  const answer = await page.goto(`/${company.slug}/people`);
  expect(answer?.status()).toBe(402);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`The subscription of ${company.name} is over`);
  await expect(page.getByText("subscription_expired")).toBeVisible();
  await expectAccessible(page);
  expect(await codeOf(page, `/${company.slug}/api/trpc/people.employee.list?input=%7B%7D`)).toEqual([402, "subscription_expired"]);

  const exported = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the employees" }).click();
  expect((await exported).suggestedFilename()).toMatch(/^people-.*\.csv$/);

  await page.getByRole("link", { name: "See billing and renew" }).click();
  await expect(page).toHaveURL(`/${company.slug}/settings/billing`);
  await expect(page.getByText("The subscription is over")).toBeVisible();

  await page.goto(`/${company.slug}/subscription`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
});

test("a session that is shown to another company ends, its cookie goes, and the sign-in page says why", async ({ as, atrium, company }) => {
  const page = await quietTab(await as(undefined), company, atrium);
  const context = page.context();
  const own = (await context.cookies()).find(({ name }) => name === `atrium-session-${company.slug}`);
  const beside = cookiesOf(atrium, "employee@globex").find(({ name }) => name === "atrium-session-globex");
  const moved = { name: "atrium-session-acme", value: own?.value ?? "", url: atrium.url };
  await context.addCookies([moved, { name: "atrium-session-globex", value: beside?.value ?? "", url: atrium.url }]);
  await page.goto("/acme/people");
  await expect(page.getByText("A session of another company was shown to this one.")).toBeVisible();
  await expect(new SignInPage(page).title).toHaveText("Sign in to Acme Industries");
  expect((await context.cookies()).map(({ name }) => name)).not.toContain("atrium-session-acme");
  // It opens nothing any more, at home either; the session that stood beside it goes on.
  expect(await codeOf(page, `/${company.slug}/api/trpc/identity.session.me`)).toEqual([401, "session/ended"]);
  expect((await page.request.get("/globex/api/trpc/identity.session.me")).status()).toBe(200);
  await context.addCookies([moved]);
  expect(await codeOf(page, "/acme/api/people/export")).toEqual([403, "tenant_mismatch"]);
});
