import { expectAccessible, expectSettled } from "./harness/accessible.ts";
import { expect, test } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { MembersPage } from "./pages/members-page.ts";

test("the first Tab offers to skip the navigation, and Enter leads into the content", async ({ as }) => {
  const page = await as("owner@globex");
  await new MembersPage(page).open("globex");
  const { skipLink } = new Frame(page);
  await page.keyboard.press("Tab");
  await expect(skipLink).toBeFocused();
  await expect(skipLink).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
});

test("j and k walk along a list, Enter opens the row and Escape comes back to it", async ({ as }) => {
  const page = await as("owner@globex");
  const members = new MembersPage(page);
  const { rows } = members;
  await members.open("globex");
  await page.keyboard.press("j");
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(rows.nth(1)).toBeFocused();
  const row = await rows.nth(1).innerText();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  const title = await sheet.getByRole("heading", { name: /^Roles of / }).innerText();
  expect(row).toContain(title.replace("Roles of ", ""));
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("Ctrl K finds a page by a part of its name, and Enter opens it", async ({ as }) => {
  const page = await as("owner@globex");
  await page.goto("/globex");
  const { palette } = new Frame(page);
  await expectSettled(page);
  await page.keyboard.press("Control+k");
  await expect(palette).toBeVisible();
  await page.keyboard.type("memb");
  await expect(palette.getByRole("option", { name: "Members" })).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/globex/settings/members");
});
