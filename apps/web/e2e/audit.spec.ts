import { readFile } from "node:fs/promises";
import { signInByApi } from "./harness/accounts.ts";
import { expectAccessible } from "./harness/accessible.ts";
import { expect, phone, test } from "./harness/test.ts";
import { AuditPage } from "./pages/audit-page.ts";

test("the owner sees that the trail is whole, finds a sign-in, opens it by keyboard and follows its person", async ({ as }) => {
  const page = await as("owner@globex");
  const audit = new AuditPage(page);
  await audit.open("globex");
  await expect(page.getByText(/^Verified up to #\d/)).toBeVisible();
  await audit.list.search.fill("session.start");
  await expect(page).toHaveURL(/search=session.start/);
  await audit.list.expectFresh();
  await expect(audit.list.rows.first()).toContainText("Session: start");
  await audit.list.rows.first().focus();
  await page.keyboard.press("Enter");
  await expect(audit.sheet.getByRole("heading")).toHaveText("Session: start");
  await expect(audit.sheet).toContainText("UTC");
  await expect(audit.sheet.locator("code").filter({ hasText: /^[0-9a-f]{64}$/ })).toHaveCount(2);
  await expectAccessible(page);
  await audit.sheet.getByRole("button", { name: "All by this person" }).click();
  await expect(page).toHaveURL(/actor=mem_/);
  await expect(audit.sheet).toBeHidden();
});

test("a search is itself in the trail", async ({ as }) => {
  const page = await as("owner@umbrella");
  const audit = new AuditPage(page);
  await audit.open("umbrella", "?record=nowhere");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await audit.open("umbrella");
  await expect(audit.list.row("Audit: read").first()).toBeVisible();
  await audit.list.row("Audit: read").first().getByRole("button").click();
  await expect(audit.sheet.getByRole("row", { name: /entityId/ })).toContainText("nowhere");
});

test("the trail leaves as a file for whoever has just signed in, and its leaving is in the trail", async ({ as, atrium }) => {
  await signInByApi(atrium, "owner@hooli");
  const page = await as("owner@hooli");
  const audit = new AuditPage(page);
  await audit.open("hooli");
  const [download] = await Promise.all([page.waitForEvent("download"), audit.export.click()]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^\uFEFF?Number,Time \(UTC\),/);
  expect(lines.length).toBeGreaterThan(1);
  await page.reload();
  await expect(audit.list.row("Audit: export").first()).toBeVisible();
});

test.describe("to whoever may not read it", () => {
  test.use({ tolerated: /status of 404/ });

  test("the trail is not shown, nor that there is one", async ({ as }) => {
    const page = await as("hr@globex");
    await page.goto("/globex/settings/appearance");
    await expect(page.getByRole("link", { name: "Appearance" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Audit trail" })).toBeHidden();
    await page.goto("/globex/settings/audit");
    await expect(page.getByText("There is nothing here")).toBeVisible();
  });
});

test("on a phone each row is a card, and an opened one fits", async ({ as }) => {
  const page = await as("owner@globex", { viewport: phone });
  const audit = new AuditPage(page);
  await audit.open("globex");
  await audit.list.rows.first().getByRole("button").click();
  await expect(audit.sheet).toBeVisible();
  await expectAccessible(page);
  expect(await audit.sheet.evaluate((sheet) => sheet.scrollWidth <= sheet.clientWidth)).toBe(true);
});
