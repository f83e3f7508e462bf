import { emailOf } from "./harness/accounts.ts";
import { expectAwake } from "./harness/awake.ts";
import { expect, test } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

test("whoever is not signed in is led to the sign-in page, and after it to where they wanted to go", async ({ as, atrium }) => {
  const page = await as(undefined);
  await page.goto("/globex/settings/members?search=hr");
  const signIn = new SignInPage(page);
  await expect(signIn.title).toHaveText("Sign in to Globex Services");
  await signIn.signIn("hr@globex", atrium.password);
  await expect(page).toHaveURL("/globex/settings/members?search=hr");
  await expect(page.getByText("hr@globex.test")).toBeVisible();
});

test.describe("a wrong password", () => {
  test.use({ tolerated: /status of 401/ });

  test("is refused in words that do not tell which of the two was wrong, and the address stays typed", async ({ as }) => {
    const page = await as(undefined);
    await page.goto("/globex/sign-in");
    const signIn = new SignInPage(page);
    for (const account of ["hr@globex", "payroll@acme"] as const) {
      await signIn.signIn(account, "a guess");
      await expect(page.getByText("The email address and the password do not belong together").first()).toBeVisible();
      await expect(signIn.email).toHaveValue(emailOf(account));
    }
  });
});

test("nothing but a keyboard is needed to sign in", async ({ as, atrium }) => {
  const page = await as(undefined);
  await page.goto("/globex/sign-in");
  const signIn = new SignInPage(page);
  await expectAwake(signIn.submit);
  await expect(signIn.email).toBeFocused();
  await page.keyboard.type(emailOf("employee@globex"));
  await page.keyboard.press("Tab");
  await page.keyboard.type(atrium.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/globex");
  await expect(new Frame(page).places).toBeVisible();
});

test("signing out leaves nothing to come back to", async ({ as, atrium }) => {
  const page = await as(undefined);
  await page.goto("/globex/sign-in");
  await new SignInPage(page).signIn("manager@globex", atrium.password);
  await expect(page).toHaveURL("/globex");
  await new Frame(page).choose("Sign out");
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL("/globex/sign-in?next=%2Fglobex");
  await expect(new SignInPage(page).title).toHaveText("Sign in to Globex Services");
});
