import type { Page } from "@playwright/test";
import { expectAccessible } from "./harness/accessible.ts";
import { expect, test } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { MembersPage } from "./pages/members-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

// The browser writes each failed request into its console, React each error that reached a boundary.
test.use({ tolerated: /Failed to load resource|Cannot read properties of undefined|status of 40[134]/ });

/** The server is out of reach for this browser until `back` is called. */
async function cutOff(page: Page): Promise<{ back: () => Promise<void> }> {
  await page.route("**/*", (route) => route.abort("connectionrefused"));
  return { back: () => page.unroute("**/*") };
}

test("a page that breaks says so inside the frame, with a request id to tell support, and can be tried again", async ({ as }) => {
  const page = await as("hr@globex");
  const broken = JSON.stringify([{ result: { data: { rows: [{ id: "mem_1" }], next: null, total: 1 } } }]);
  await page.route("**/api/trpc/identity.members.list*", (route) => route.fulfill({ body: broken, contentType: "application/json" }));
  await page.goto("/globex/settings/members");
  await expect(page.getByText("This page could not be shown")).toBeVisible();
  await expect(page.getByText(/Request id \S{8,}/)).toBeVisible();
  await expect(new Frame(page).places).toBeVisible();
  await expectAccessible(page);
  await page.unroute("**/api/trpc/identity.members.list*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(new MembersPage(page).rows.first()).toContainText("globex.test");
});

test("a call that the server refuses says why in its place, with the request id, and leaves the rest of the page", async ({ as }) => {
  const page = await as("hr@globex");
  const refusal = { code: "request/internal", requestId: "req-0123456789" };
  const body = JSON.stringify([{ error: { message: "request/internal", code: -32603, data: { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, app: refusal } } }]);
  await page.route("**/api/trpc/identity.members.list*", (route) => route.fulfill({ status: 500, body, contentType: "application/json" }));
  await page.goto("/globex/settings/members");
  await expect(page.getByText("Something went wrong on our side")).toBeVisible();
  await expect(page.getByText("Request id req-0123456789")).toBeVisible();
  await page.unroute("**/api/trpc/identity.members.list*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(new MembersPage(page).rows.first()).toContainText("globex.test");
});

test("while the server is down a banner says so, keeps what was typed, and goes by itself when it is back", async ({ as }) => {
  const page = await as("owner@globex");
  const members = new MembersPage(page);
  const frame = new Frame(page);
  await members.open("globex");
  const { back } = await cutOff(page);
  await members.search.fill("payroll");
  await expect(frame.serverDown).toBeVisible();
  await expectAccessible(page);
  await back();
  await expect(frame.serverDown).toBeHidden({ timeout: 15_000 });
  await expect(members.search).toHaveValue("payroll");
  await expect(members.rows).toHaveCount(1);
  await expect(members.rows).toContainText("payroll@globex.test");
});

test("when the session has ended the sign-in page says so and leads back to where one was", async ({ as, atrium }) => {
  const page = await as("owner@globex");
  const members = new MembersPage(page);
  await members.open("globex");
  await page.context().clearCookies();
  await members.search.fill("hr@");
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await new SignInPage(page).signIn("owner@globex", atrium.password);
  await expect(page).toHaveURL("/globex/settings/members?search=hr%40");
  await expect(members.rows).toHaveCount(1);
});

test("signing out on all devices ends the sessions of the other browsers too", async ({ as, atrium }) => {
  const [here, there] = [await as(undefined), await as(undefined)];
  for (const page of [here, there]) {
    await page.goto("/umbrella/sign-in");
    await new SignInPage(page).signIn("manager@umbrella", atrium.password);
    await expect(page).toHaveURL("/umbrella");
  }
  await new Frame(here).choose("Sign out on all devices");
  await here.getByRole("dialog").getByRole("button", { name: "Sign out on all devices" }).click();
  await expect(here.getByText("You are signed out on all devices.")).toBeVisible();
  await there.goto("/umbrella/settings");
  await expect(there.getByText("Your session has ended.")).toBeVisible();
});

test("an address that leads nowhere is answered inside the frame, with a way home", async ({ as }) => {
  const page = await as("employee@globex");
  const answer = await page.goto("/globex/no-such-page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByText("There is nothing here")).toBeVisible();
  await page.getByRole("link", { name: "Go to the home page" }).click();
  await expect(page).toHaveURL("/globex");
});

test("a company that does not exist is said to be none, and nothing else is told", async ({ as }) => {
  const page = await as("owner@globex");
  for (const path of ["/no-such-company", "/no-such-company/sign-in", "/NOT-A-NAME/people"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByText(/There is (no company|nothing) here/)).toBeVisible();
    await expectAccessible(page);
  }
});
