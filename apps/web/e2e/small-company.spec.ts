import { expectAccessible } from "./harness/accessible.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import { expect, test } from "./harness/test.ts";
import { DataList } from "./pages/data-list.ts";
import { MonthPage } from "./pages/month-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

test("in a company with nobody in it, HR is told how people come in, and one click leads there", async ({ as }) => {
  const page = await as("hr@hooli");
  await page.goto("/hooli/people");
  await expect(page.getByText("Nobody here yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: "Import joiners" }).click();
  await expect(page).toHaveURL("/hooli/people/import");
  await expect(page.getByText("No file has been imported yet")).toBeVisible();
  await expect(page.getByText("Download the sample, fill it in and upload it.")).toBeVisible();
  await expectAccessible(page);
});

test("in a company without departments and locations, the form for a person leads to where they are added", async ({ as, atrium }) => {
  const company = await makeOwnCompany(atrium);
  const page = await as(undefined);
  await page.goto(`/${company.slug}/sign-in?next=/${company.slug}/people/new`);
  await new SignInPage(page).type(company.ownerEmail, atrium.password);
  await expect(page.getByText("There is none yet.")).toHaveCount(2);
  await page.getByRole("link", { name: "Add departments and locations" }).first().click();
  await expect(page).toHaveURL(`/${company.slug}/people/organisation`);
  await company.close();
});

test("in a company with nobody in it, the payroll manager sees why no month can be started", async ({ as }) => {
  const page = await as("payroll@hooli");
  await page.goto("/hooli/pay");
  await page.getByRole("link", { name: /^Open / }).click();
  await expect(page.getByText("Nobody works for the company in this month.")).toBeVisible();
  const start = page.getByRole("button", { name: "Start payroll" });
  await expect(start).toHaveAttribute("aria-disabled", "true");
  await start.hover();
  await expect(page.getByRole("tooltip")).toHaveText("Nobody in this month can be paid yet. Mend what blocks them first.");
  await expectAccessible(page);
});

for (const [role, says] of [
  ["owner", "Begin with your people"],
  ["employee", "Nothing to show yet"],
] as const) {
  test(`in a company with nobody in it, the home of the ${role} says what comes next`, async ({ as }) => {
    const page = await as(`${role}@hooli`);
    await page.goto("/hooli");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(says)).toBeVisible();
    await expectAccessible(page);
  });
}

test("in a company of three, the list counts three and has no second page", async ({ as }) => {
  const page = await as("hr@umbrella");
  await page.goto("/umbrella/people");
  const people = new DataList(page, "People");
  await expect(people.rows).toHaveCount(3);
  await expect(page.getByText("1 to 3 of 3")).toBeVisible();
  await expect(page.getByRole("button", { name: "Next page" })).toBeHidden();
  await people.search.fill("nobody has this name");
  await expect(page.getByText("Nobody matches")).toBeVisible();
});

test("in a company's first month there is nothing to compare with, and the page says so", async ({ as }) => {
  const page = await as("payroll@umbrella");
  await page.goto("/umbrella/pay");
  await page.getByRole("link", { name: /^Open / }).click();
  const month = new MonthPage(page);
  await expect(month.figure("Employees in this month")).toHaveText("3");
  await expect(page.getByText("1 employee cannot be paid yet")).toBeVisible();
  await expectAccessible(page);
});
