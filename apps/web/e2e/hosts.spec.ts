import { expectAwake } from "./harness/awake.ts";
import { emailOf } from "./harness/accounts.ts";
import { expect, test } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

test.use({ tolerated: /status of 404/ });

test("at a company's own host one signs in, works and signs out as anywhere, and no other company is there", async ({ as, atrium }) => {
  const page = await as(undefined);
  const { port } = new URL(atrium.url);
  const house = `http://globex.localhost:${port}`;
  await page.goto(`${house}/people?search=indira`);
  const signIn = new SignInPage(page);
  await expect(signIn.title).toHaveText("Sign in to Globex Services");
  await expectAwake(signIn.submit);
  await signIn.email.fill(emailOf("hr@globex"));
  await signIn.password.fill(atrium.password);
  await signIn.submit.click();
  await expect(page).toHaveURL(`${house}/globex/people?search=indira`);
  const sessions = (await page.context().cookies()).filter(({ name }) => name.includes("session"));
  expect(sessions).toMatchObject([{ name: "atrium-session-globex", domain: "globex.localhost", httpOnly: true }]);

  await page.goto(`${house}/people`);
  await expect(page).toHaveURL(`${house}/globex/people`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("People");

  await page.goto(`${house}/acme/people`);
  await expect(page).toHaveURL(`${house}/globex/acme/people`);
  await expect(page.getByText("There is nothing here")).toBeVisible();
  const statuses = await page.evaluate(() => Promise.all(["/globex/api/trpc/identity.session.me", "/acme/api/trpc/identity.session.me"].map(async (path) => (await fetch(path)).status)));
  expect(statuses).toEqual([200, 404]);

  await page.goto(house);
  await new Frame(page).choose("Sign out");
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await expect(page).toHaveURL(`${house}/globex/sign-in?why=signed-out`);
});
