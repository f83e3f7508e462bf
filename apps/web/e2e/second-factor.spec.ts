import type { Page } from "@playwright/test";
import { createTRPCClient, httpLink } from "@trpc/client";
import type { AppRouter } from "../src/server/routers.ts";
import { expectAccessible, expectAccessibleMeanwhile, expectNoSidewaysScroll } from "./harness/accessible.ts";
import { appCode, plugInAuthenticator } from "./harness/authenticator.ts";
import { expectAwake } from "./harness/awake.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import type { OwnCompany } from "./harness/own-company.ts";
import { expect, phone, test as base } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { SecurityPage } from "./pages/security-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

/** What a person sets up here ends their other sessions, so each test has a company for itself. */
const test = base.extend<{ readonly company: OwnCompany; readonly comeIn: (page: Page) => Promise<void> }>({
  // Refusals that are answered in words: the browser reports the requests themselves.
  tolerated: /status of 40[013]/,
  company: async ({ atrium }, use) => {
    const company = await makeOwnCompany(atrium);
    await use(company);
    await company.close();
  },
  comeIn: async ({ atrium, company }, use) => {
    await use(async (page) => {
      await page.goto(`/${company.slug}/sign-in`);
      await new SignInPage(page).type(company.ownerEmail, atrium.password);
    });
  },
});

const inside = (page: Page) => expect(new Frame(page).places).toBeVisible();

test("an app is set up once, asked for from then on, and a recovery code stands in for it once", async ({ as, company, comeIn }) => {
  const page = await as(undefined);
  await comeIn(page);
  await inside(page);
  const security = new SecurityPage(page);
  await security.open(company.slug);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(security.dialog.getByRole("img", { name: /^Picture with the key/ })).toBeVisible();
  await expectAccessible(page);
  // A camera reads dark squares on a light ground.
  await expect(security.dialog.locator("svg rect").first()).toHaveCSS("fill", "rgb(255, 255, 255)");
  const key = await security.key();
  await security.dialog.getByLabel("Code").fill("000000");
  await security.dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(security.dialog.getByText("This is not the code that the app shows now").first()).toBeVisible();
  await security.dialog.getByLabel("Code").fill(appCode(key));
  await security.dialog.getByRole("button", { name: "Confirm" }).click();
  const codes = await security.takeRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  await expect(page.getByText("10 are left.")).toBeVisible();

  const other = await as(undefined);
  const signIn = new SignInPage(other);
  await comeIn(other);
  await expect(other.getByText(`The password of ${company.ownerEmail} is right.`)).toBeVisible();
  await expectAccessible(other);
  await signIn.code.fill("000000");
  await signIn.submit.click();
  await expect(other.getByText("This code is wrong, too old, or was used before").first()).toBeVisible();
  // The code of this half minute was spent when the app was set up.
  await signIn.code.fill(appCode(key, 1));
  await signIn.submit.click();
  await inside(other);

  for (const [outcome, codeTyped] of [["taken", codes[0] ?? ""], ["refused", codes[0] ?? ""]] as const) {
    const third = await as(undefined);
    await comeIn(third);
    await new SignInPage(third).code.fill(codeTyped);
    await new SignInPage(third).submit.click();
    if (outcome === "taken") await inside(third);
    else await expect(third.getByText("This code is wrong, too old, or was used before").first()).toBeVisible();
  }
  await page.reload();
  await expect(page.getByText("9 are left.")).toBeVisible();
});

test("a passkey lets in without a password, and is a second factor and a step-up as well", async ({ as, company, comeIn }) => {
  const page = await as(undefined);
  await plugInAuthenticator(page);
  await comeIn(page);
  await inside(page);
  const security = new SecurityPage(page);
  await security.open(company.slug);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await security.dialog.getByLabel("Name").fill("Office laptop");
  await security.dialog.getByRole("button", { name: "Create the passkey" }).click();
  expect(await security.takeRecoveryCodes()).toHaveLength(10);
  await expect(page.getByText("Office laptop")).toBeVisible();

  await page.getByRole("button", { name: "Actions for Office laptop" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await security.dialog.getByLabel("Name").fill("Old laptop");
  await security.dialog.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Old laptop")).toBeVisible();

  await company.ageProofs();
  await page.getByRole("button", { name: "Make new codes" }).click();
  await security.dialog.getByRole("button", { name: "Make new codes" }).click();
  await security.stepUp.getByRole("button", { name: "Use a passkey" }).click();
  expect(await security.takeRecoveryCodes()).toHaveLength(10);

  await new Frame(page).choose("Sign out");
  const signIn = new SignInPage(page);
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await signIn.passkey.click();
  await inside(page);

  await new Frame(page).choose("Sign out");
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await comeIn(page);
  await expect(page.getByText("One more proof, and you are in.")).toBeVisible();
  await signIn.passkey.click();
  await inside(page);
});

test("a passkey of one company opens no other", async ({ as, atrium, company, comeIn }) => {
  const other = await makeOwnCompany(atrium);
  const page = await as(undefined);
  await plugInAuthenticator(page);
  await comeIn(page);
  await inside(page);
  const security = new SecurityPage(page);
  await security.open(company.slug);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await security.dialog.getByRole("button", { name: "Create the passkey" }).click();
  await security.takeRecoveryCodes();
  await page.goto(`/${other.slug}/sign-in`);
  await new SignInPage(page).passkey.click();
  await expect(page.getByText("This passkey was not accepted.")).toBeVisible();
  await other.close();
});

test("an act that wants a fresh proof asks for it over the form, and then goes on with what was typed", async ({ as, atrium, company, comeIn }) => {
  const page = await as(undefined);
  await comeIn(page);
  await inside(page);
  const security = new SecurityPage(page);
  await security.open(company.slug);
  await company.ageProofs();

  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(security.stepUp.getByLabel("Password")).toBeFocused();
  await expectAccessibleMeanwhile(page);
  await security.stepUp.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Nothing was done, because it was not confirmed that it is you.")).toBeVisible();

  await page.getByRole("button", { name: "Set up an app" }).click();
  await security.stepUp.getByLabel("Password").fill("a guess");
  await page.keyboard.press("Enter");
  await expect(security.stepUp.getByText("The password is not right.").first()).toBeVisible();
  await security.confirmWithPassword(atrium.password);
  await expect(security.dialog.getByRole("img", { name: /^Picture with the key/ })).toBeVisible();

  // Too old again while the person looks for their phone: what they typed is still there, and is sent once more.
  const code = appCode(await security.key());
  await company.ageProofs();
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Confirm" }).click();
  await security.confirmWithPassword(atrium.password);
  expect(await security.takeRecoveryCodes()).toHaveLength(10);
});

test("a sensitive value is shown as soon as the person has confirmed who they are, and not before", async ({ as, atrium, company, comeIn }) => {
  const page = await as(undefined);
  await comeIn(page);
  await inside(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const { people } = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${atrium.url}/${company.slug}/api/trpc`, headers: { cookie } })] });
  const { id: departmentId } = await people.organisation.addDepartment.mutate({ name: "Engineering" });
  const { id: locationId } = await people.organisation.addLocation.mutate({ name: "Pune", state: "MH" });
  const { id } = await people.employee.create.mutate({ code: "E1", fullName: "Asha Rao", gender: "female", joinedOn: "2026-04-01", departmentId, locationId, pan: "AAAPA0001A" });
  await company.ageProofs();
  await page.goto(`/${company.slug}/people/${id}`);
  const reveal = page.getByRole("button", { name: "Show PAN" });
  await expectAwake(reveal);
  await reveal.click();
  await page.getByRole("dialog").getByRole("textbox").fill("The bank asks for it");
  await page.getByRole("dialog").getByRole("button", { name: "Show it" }).click();
  const security = new SecurityPage(page);
  await expect(security.stepUp).toBeVisible();
  await expect(page.getByText("AAAPA0001A")).toBeHidden();
  await security.confirmWithPassword(atrium.password);
  await expect(page.getByText("AAAPA0001A")).toBeVisible();
});

test("a device that is signed out from another is out at once", async ({ as, company, comeIn }) => {
  const [here, there] = [await as(undefined), await as(undefined)];
  for (const page of [here, there]) {
    await comeIn(page);
    await inside(page);
  }
  const security = new SecurityPage(here);
  await security.open(company.slug);
  await expect(security.devices).toHaveCount(2);
  await expect(security.devices.first()).toContainText(/Chrom\w+ on Linux.*This device/s);
  await security.devices.nth(1).getByRole("button", { name: /^Sign out/ }).click();
  await expect(security.devices).toHaveCount(1);
  await there.goto(`/${company.slug}/settings/appearance`);
  await expect(there).toHaveURL(/sign-in\?next=.*why=ended/);
  await here.reload();
  await expect(security.devices).toHaveCount(1);
});

test("where the company asks for a second factor, nothing but setting one up is open until there is one", async ({ as, company, comeIn }) => {
  await company.set({ requiresMfa: true });
  const page = await as(undefined);
  await comeIn(page);
  const security = new SecurityPage(page);
  await security.expectReady();
  await expect(page.getByText(`${company.name} asks everybody for a second factor`)).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/${company.slug}/settings/members`);
  await security.expectReady();
  expect((await page.request.get(`/${company.slug}/api/people/export`)).status()).toBe(403);
  await page.getByRole("button", { name: "Set up an app" }).click();
  await security.dialog.getByLabel("Code").fill(appCode(await security.key()));
  await page.keyboard.press("Enter");
  await security.takeRecoveryCodes();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL(`/${company.slug}/settings/members`);
  await expect(page.getByText(company.ownerEmail)).toBeVisible();
});

test("all of it works on a phone", async ({ as, company, comeIn }) => {
  const page = await as(undefined, { viewport: phone });
  await comeIn(page);
  const security = new SecurityPage(page);
  await expect(page).toHaveURL(`/${company.slug}`);
  await security.open(company.slug);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(security.dialog.getByLabel("Code")).toBeVisible();
  await expectNoSidewaysScroll(page);
  await security.dialog.getByLabel("Code").fill(appCode(await security.key()));
  await security.dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("dialog", { name: "Your recovery codes" })).toBeVisible();
  await expectNoSidewaysScroll(page);
});
