import type { Page } from "@playwright/test";
import { expectAccessible, expectContrast, expectNoSidewaysScroll } from "./harness/accessible.ts";
import type { House } from "./harness/env.ts";
import { comeInAsOperator } from "./harness/operator.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import type { OwnCompany } from "./harness/own-company.ts";
import { expect, phone, test as base } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { SecuritySettingsPage } from "./pages/security-settings-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

const test = base.extend<{ readonly company: OwnCompany }>({
  company: async ({ atrium }, use) => {
    const company = await makeOwnCompany(atrium);
    await use(company);
    await company.close();
  },
});

async function signInAsOwner(page: Page, { slug, ownerEmail }: OwnCompany, { password }: House): Promise<void> {
  await page.goto(`/${slug}/sign-in`);
  await new SignInPage(page).type(ownerEmail, password);
  await expect(page).toHaveURL(`/${slug}`);
}

test.describe("an operator", () => {
  test.use({ tolerated: /status of 40[13]/ });

  test("asks a company for a look, sees and changes nothing, and is out the moment the company says so", async ({ as, atrium, company }) => {
    const [operator, owner] = [await as(undefined), await as(undefined)];
    await comeInAsOperator(operator, atrium);
    await operator.goto("/operator");
    await expect(new Frame(operator).title).toHaveText(/^Companies/);
    await expect(new Frame(operator).places.getByRole("link", { name: "People" })).toHaveCount(0);
    await expectAccessible(operator);
    await operator.getByRole("searchbox").or(operator.getByLabel("Search by name or address name")).first().fill(company.slug);
    // The search writes itself into the address a moment later, and would take a click's page back.
    await expect(operator).toHaveURL(new RegExp(company.slug));
    await operator.getByRole("link", { name: company.name }).click();
    await operator.getByRole("button", { name: "Request access" }).click();
    await operator.getByLabel("Reason").fill("The payslips of November do not open.");
    await expectAccessible(operator);
    await operator.getByRole("button", { name: "Send request" }).click();
    await expect(operator.getByText("Waiting for the company")).toBeVisible();
    await expectAccessible(operator);

    await signInAsOwner(owner, company, atrium);
    await owner.getByRole("link", { name: "Decide" }).click();
    const settings = new SecuritySettingsPage(owner);
    await settings.expectReady();
    await expect(settings.grants.first()).toContainText("The payslips of November do not open.");
    await owner.getByRole("button", { name: "Let them look" }).click();
    await expect(settings.grants.first()).toContainText("Looking in");

    await operator.reload();
    await operator.getByRole("button", { name: "Look in" }).click();
    await expect(operator).toHaveURL(`/${company.slug}`);
    await expect(operator.getByText(`Support access to ${company.name}`)).toBeVisible();
    await operator.goto(`/${company.slug}/settings/security`);
    await expect(operator.getByRole("heading", { name: "Sessions" })).toBeVisible();
    await expect(operator.getByRole("button", { name: "Add domain" })).toHaveCount(0);
    await expectAccessible(operator);

    await owner.getByRole("button", { name: "End now" }).click();
    await expect(settings.grants.first()).toContainText("Ended");
    await operator.goto(`/${company.slug}/people`);
    await expect(operator).toHaveURL(/sign-in\?.*why=ended/);
  });
});

test.describe("security settings", () => {
  test.use({ tolerated: /status of 409/ });

  test("lock nobody out, and hold for everybody at once", async ({ as, atrium, company }) => {
    const page = await as(undefined);
    await signInAsOwner(page, company, atrium);
    const settings = new SecuritySettingsPage(page);
    await settings.open(company.slug);
    await page.getByRole("switch", { name: "A second factor" }).click();
    await page.getByRole("button", { name: "Require it" }).click();
    await expect(page.getByText("Set up a second factor for yourself first")).toBeVisible();
    await settings.choose("Longest pause", "15 minutes");
    await page.getByRole("button", { name: "Save lengths" }).click();
    await expect(page.getByText("Saved.").first()).toBeVisible();
    await settings.addDomain("https://acme.example/path");
    await expect(page.getByText("Write the domain alone").first()).toBeVisible();
    await settings.addDomain(`${company.slug}.example`);
    await expect(settings.domains).toContainText([`_atrium.${company.slug}.example`]);
    await page.reload();
    await settings.expectReady();
    await expect(page.getByRole("combobox", { name: "Longest pause" })).toContainText("15 minutes");
    await expectAccessible(page);
  });

  test("are there on a telephone and in the dark", async ({ as, atrium, company }) => {
    const page = await as(undefined, { viewport: phone, colorScheme: "dark" });
    await signInAsOwner(page, company, atrium);
    const settings = new SecuritySettingsPage(page);
    await settings.open(company.slug);
    await settings.addDomain(`a-rather-long-name-${company.slug}.example`);
    await expect(settings.domains).toHaveCount(1);
    await expectContrast(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole("button", { name: "Add a provider" }).click();
    await expect(page.getByLabel("Issuer")).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});
