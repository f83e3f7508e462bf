import { expectAccessible, expectContrast, expectNoSidewaysScroll } from "./harness/accessible.ts";
import { answersTo } from "./harness/answers.ts";
import { expectOneRequest } from "./harness/requests.ts";
import { anEmployee, forwarding, openMonth, operatorPages, pagePatterns, site } from "./harness/site.ts";
import { expect, phone, test } from "./harness/test.ts";
import { DataList } from "./pages/data-list.ts";
import { Frame } from "./pages/frame.ts";

// Pages are looked at alone and in any order.
test.describe.configure({ mode: "parallel" });

test("no page is left out of what follows", () => {
  const looked = [...site.map(({ pattern }) => pattern), ...forwarding, ...operatorPages];
  expect([...new Set(looked)].sort()).toEqual(pagePatterns().filter((pattern) => !pattern.includes("[...")));
});

for (const [place, { pattern, for: people, address }] of site.entries()) {
  for (const role of people) {
    test(`${pattern} loads with one request for ${role}, and is accessible: light, dark, and 375 px wide without scrolling sideways (${place + 1})`, async ({ as, atrium }) => {
      const page = await as(role === "nobody" ? undefined : `${role}@globex`);
      const path = await address(atrium);
      const answers = answersTo(page.context());
      await page.goto(path);
      await expectOneRequest(page, pattern, answers);
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectContrast(page);
      await page.setViewportSize(phone);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });
  }
}

test.describe("what opens over a page is accessible too", () => {
  test("the person's menu, in light and dark", async ({ as }) => {
    const page = await as("owner@globex");
    await page.goto("/globex");
    await new Frame(page).openMenu();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectContrast(page);
  });

  test("a filter's choices, and the columns of a list", async ({ as }) => {
    const page = await as("hr@globex");
    await page.goto("/globex/people");
    await new DataList(page, "People").expectFresh();
    for (const button of ["Department", "View"]) {
      await page.getByRole("button", { name: button }).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
    }
  });

  test("the sheet that changes a person, with its errors, and the question before a PAN is shown", async ({ as, atrium }) => {
    const page = await as("hr@globex");
    await page.goto(await anEmployee(atrium));
    await page.getByRole("button", { name: "Show PAN" }).click();
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Edit" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Full name").fill("");
    await page.keyboard.press("Control+Enter");
    await expect(sheet.getByRole("alert").or(sheet.getByText(/needs? a correction/)).first()).toBeVisible();
    await expectAccessible(page);
  });

  test("the question before a month is started, and the sheet for a salary", async ({ as, atrium }) => {
    const page = await as("payroll@globex");
    await page.goto(await openMonth(atrium));
    await page.getByRole("button", { name: "Start payroll" }).click();
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Set salary" }).first().click();
    await expect(page.getByRole("dialog", { name: /^Salary of / })).toBeVisible();
    await expectAccessible(page);
  });
});
