import type { Page } from "@playwright/test";
import { expectAccessible, expectContrast, expectNoSidewaysScroll, expectSettled } from "./harness/accessible.ts";
import { expectAwake } from "./harness/awake.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import type { OwnCompany } from "./harness/own-company.ts";
import { expect, phone, test as base } from "./harness/test.ts";
import { BillingPage } from "./pages/billing-page.ts";
import { Frame } from "./pages/frame.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

/** What a company subscribes to is its own, so each test has one for itself. */
const test = base.extend<{ readonly company: OwnCompany; readonly comeIn: (page: Page, email?: string) => Promise<BillingPage> }>({
  // Refusals that are answered in words: the browser reports the requests themselves.
  tolerated: /status of (40[0239]|429)/,
  company: async ({ atrium }, use) => {
    const company = await makeOwnCompany(atrium, "starter");
    await company.set({ seats: 10, subscriptionFrom: inDays(-10), subscriptionUntil: inDays(20) });
    await use(company);
    await company.close();
  },
  comeIn: async ({ atrium, company }, use) => {
    await use(async (page, email = company.ownerEmail) => {
      await page.goto(`/${company.slug}/sign-in`);
      await new SignInPage(page).type(email, atrium.password);
      await expect(new Frame(page).places).toBeVisible();
      return new BillingPage(page, company.slug);
    });
  },
});

const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);

test("an upgrade shows its price and its limits, asks who one is, and is in force at once with an invoice", async ({ as, atrium, company, comeIn }) => {
  const page = await as(undefined);
  const billing = await comeIn(page);
  await billing.open();
  await expect(billing.fact("Plan")).toHaveText("Starter");
  await expect(billing.meter("Seats")).toHaveAttribute("aria-valuetext", "1 of 10 used");
  await expect(page.getByText("No invoices yet")).toBeVisible();

  await billing.openChange();
  await expect(page.getByText("This is what you have.")).toBeVisible();
  await billing.choose("Professional", 20);
  await expect.poll(() => billing.row("A month, before GST")).toEqual(["₹600.00", "₹2,400.00"]);
  expect(await billing.row("Requests a minute")).toEqual(["60", "200"]);
  const [due = ""] = await billing.row("Due now");
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);

  await company.ageProofs();
  await page.getByRole("button", { name: `Change now for ${due}` }).click();
  await billing.prove(atrium.password);
  await expect(page.getByText("You now have Professional with 20 seats.")).toBeVisible();
  await billing.expectReady();
  await expect(billing.fact("Plan")).toHaveText("Professional");
  await expect(billing.fact("Requests")).toHaveText("200 a minute, 5,000 an hour");

  const pdf = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Download ATR\/.* as PDF$/ }).click();
  expect((await pdf).suggestedFilename()).toMatch(/^invoice-ATR-.*\.pdf$/);
});

test("a smaller plan waits for the end of what is paid, says what it would not hold and how to mend it, and can be taken back", async ({ as, company, comeIn }) => {
  const page = await as(undefined);
  await company.set({ plan: "professional", seats: 60 });
  await company.addDomain(`${company.slug}.example`);
  for (const role of ["hr-admin", "employee"] as const) await company.addMember(role, `Somebody with the role ${role}`);
  const billing = await comeIn(page);
  await billing.open();
  await billing.openChange();
  await billing.choose("Starter", 2);
  await expect(page.getByText("3 members may sign in, and there would be 2 seats.")).toBeVisible();
  await expect(page.getByText("1 domain of your own would not be in Starter.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Remove the domains" })).toHaveAttribute("href", `/${company.slug}/settings/security`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Choose 3 seats" }).click();
  await expect(page.getByLabel("Seats")).toHaveValue("3");

  await page.getByRole("radio", { name: "Professional" }).click();
  await expect(page.getByText("This plan would not hold what you have")).toBeHidden();
  await expect(page.getByText("Nothing is due now.")).toBeVisible();
  await page.getByRole("button", { name: /^Change on / }).click();
  await expect(page.getByText(/^From .* you have Professional with 3 seats\.$/)).toBeVisible();
  await billing.expectReady();
  await expect(billing.meter("Seats")).toHaveAttribute("aria-valuetext", "3 of 60 used");
  await page.getByRole("button", { name: "Keep the present plan" }).click();
  await expect(page.getByText("The present plan stays.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Keep the present plan" })).toBeHidden();
});

test("a subscription is cancelled after a question, and resumed", async ({ as, comeIn }) => {
  const page = await as(undefined);
  const billing = await comeIn(page);
  await billing.open();
  await page.getByRole("button", { name: "Cancel subscription" }).click();
  await expect(billing.dialog).toContainText("is not renewed");
  await expectAccessible(page);
  await billing.dialog.getByRole("button", { name: "Cancel subscription" }).click();
  await expect(page.getByText(/^Cancelled: it ends on /)).toBeVisible();
  await page.getByRole("button", { name: "Resume subscription" }).click();
  await expect(page.getByText("The subscription goes on.")).toBeVisible();
  await expect(page.getByText(/^Cancelled: it ends on /)).toBeHidden();
});

test("billing details are mended field by field, and kept", async ({ as, comeIn }) => {
  const page = await as(undefined);
  const billing = await comeIn(page);
  await billing.open();
  await expect(page.getByText("Your details are not complete")).toBeVisible();
  await page.getByLabel("GSTIN").fill("29aaaca0001a1zx");
  await page.getByLabel("Send invoices to").fill("no address");
  await page.getByRole("button", { name: "Save details" }).click();
  for (const field of ["GSTIN", "Address", "City", "PIN code", "State or union territory", "Send invoices to"]) {
    await expect(page.getByLabel(field), field).toHaveAttribute("aria-invalid", "true");
  }
  await expectAccessible(page);
  await page.getByLabel("GSTIN").fill("29aaaca0001a1zt");
  await page.getByLabel("Address").fill("1 Example Road");
  await page.getByLabel("City").fill("Bengaluru");
  await page.getByLabel("PIN code").fill("560001");
  await page.getByLabel("State or union territory").click();
  await page.getByRole("option", { name: "Karnataka (29)" }).click();
  await page.getByLabel("Send invoices to").fill("accounts@example.test");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(page.getByText("The billing details are saved.")).toBeVisible();
  await billing.open();
  await expect(page.getByLabel("GSTIN")).toHaveValue("29AAACA0001A1ZT");
  await expect(page.getByText("Your details are not complete")).toBeHidden();
});

test("while payment is due every page says until when everything works, with a way to billing for those who may", async ({ as, company, comeIn }) => {
  const { email } = await company.addMember("employee", "Ravi Kumar");
  await company.set({ subscriptionFrom: inDays(-32), subscriptionUntil: inDays(-2) });
  const [owner, employee] = [await as(undefined), await as(undefined)];
  const billing = await comeIn(owner);
  await comeIn(employee, email);
  await expect(employee.getByText(/^Your subscription ended on /)).toBeVisible();
  await expect(employee.getByText("An owner or an administrator of your company can renew it.")).toBeVisible();
  await expect(employee.getByRole("link", { name: "See billing and renew" })).toBeHidden();
  await expectAccessible(employee);
  await owner.getByRole("link", { name: "See billing and renew" }).click();
  await billing.expectReady();
  await expect(owner.getByText("Payment due")).toBeVisible();
  await expectAccessible(owner);
});

test("what can only be read is not lost by trying to change it: the page stays and says why", async ({ as, atrium, company, comeIn }) => {
  await company.set({ subscriptionFrom: inDays(-42), subscriptionUntil: inDays(-12) });
  const page = await as(undefined);
  const billing = await comeIn(page);
  await page.goto(`/${company.slug}/people/organisation`);
  await expectSettled(page);
  await expect(page.getByText("Your subscription is over: you can look at everything, but change nothing")).toBeVisible();
  await page.getByLabel("New department").fill("Engineering");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Your company’s subscription is over, so nothing can be changed/).first()).toBeVisible();
  await expect(page).toHaveURL(`/${company.slug}/people/organisation`);

  // Renewing is open, and opens everything else at once.
  await billing.open();
  await expectAccessible(page);
  await billing.openChange();
  await company.ageProofs();
  await page.getByRole("button", { name: /^Change now for / }).click();
  await billing.prove(atrium.password);
  await billing.expectReady();
  await expect(page.getByText("The subscription is over: nothing can be changed")).toBeHidden();
});

test("whoever reached a limit is named on the billing page, with the bucket that had too little", async ({ as, company, comeIn }) => {
  const page = await as(undefined);
  const billing = await comeIn(page);
  const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await page.request.get(`/${company.slug}/api/trpc/identity.session.me`)).status()));
  expect([...new Set(statuses)].sort()).toEqual([200, 429]);
  await billing.open();
  const row = page.getByRole("row", { name: /Meera Joshi/ });
  await expect(row).toContainText("One person, each minute");
  await expect(page.getByText(/were refused in the last 60 minutes/)).toBeVisible();
  await page.getByText("Show as a table").first().click();
  await expect(page.getByRole("region", { name: "The last 60 minutes" }).getByRole("row")).toHaveCount(61);
  await expectAccessible(page);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
});

test("with the keyboard alone a plan is chosen, previewed and left again", async ({ as, comeIn }) => {
  const page = await as(undefined);
  const billing = await comeIn(page);
  await billing.open();
  await billing.openChange();
  await expectAwake(page.getByRole("radio", { name: "Starter" }));
  await page.getByRole("radio", { name: "Starter" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Professional" })).toBeFocused();
  // A key that is let go at once only moves; whoever holds it a moment has chosen already.
  await page.keyboard.press("Space");
  await expect(page.getByRole("radio", { name: "Professional" })).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Seats")).toBeFocused();
  await expect(page.getByRole("button", { name: /^Change now for / })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Change now for / })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await billing.expectReady();
});

test("what two people enter at the same time is lost by neither", async ({ as, company, comeIn }) => {
  const { email } = await company.addMember("tenant-admin", "Tara Iyer");
  const [mine, theirs] = [await as(undefined), await as(undefined)];
  const [billing, others] = [await comeIn(mine), await comeIn(theirs, email)];
  await billing.open();
  await others.open();
  await mine.getByLabel("Registered name").fill("Acme Widgets Private Limited");
  await enterAddress(theirs);
  await theirs.getByRole("button", { name: "Save details" }).click();
  await expect(theirs.getByText("The billing details are saved.")).toBeVisible();

  await enterAddress(mine);
  await mine.getByRole("button", { name: "Save details" }).click();
  await expect(mine.getByText("Somebody else changed the billing details meanwhile.")).toBeVisible();
  await expect(mine.getByLabel("Registered name")).toHaveValue("Acme Widgets Private Limited");
  // What they have saved has come by now: the notice that it is missing goes with it.
  await expect(mine.getByText("Your details are not complete")).toBeHidden();
  await expect(mine.getByText("Somebody else changed the billing details meanwhile.")).toBeVisible();
  await mine.getByRole("button", { name: "Save details" }).click();
  await expect(mine.getByText("The billing details are saved.")).toBeVisible();
  await expect(mine.getByLabel("Registered name")).toHaveValue("Acme Widgets Private Limited");
});

/** A PIN code as it stands on an envelope. */
async function enterAddress(page: Page): Promise<void> {
  await page.getByLabel("Address").fill("12 Mahatma Gandhi Road");
  await page.getByLabel("City").fill("Bengaluru");
  await page.getByLabel("PIN code").fill("560 001");
  await page.getByRole("combobox", { name: "State or union territory" }).click();
  await page.getByRole("option", { name: "Karnataka (29)" }).click();
}
