import { request } from "@playwright/test";
import { apiOf } from "./harness/api.ts";
import { expect, test } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

test("somebody of Globex who types an address of Acme is asked to sign in there, and sees nothing of it", async ({ as }) => {
  const page = await as("owner@globex");
  for (const path of ["/acme", "/acme/settings/members"]) {
    await page.goto(path);
    await expect(new SignInPage(page).title).toHaveText("Sign in to Acme Industries");
    await expect(new Frame(page).places).toBeHidden();
  }
});

test("a session of Globex under the name of Acme's opens nothing, and the refusal says what to do", async ({ as, atrium }) => {
  const first = await as(undefined);
  // One of its own: it ends here, and the others' tests need theirs.
  await first.goto("/globex/sign-in");
  await new SignInPage(first).signIn("owner@globex", atrium.password);
  await expect(new Frame(first).places).toBeVisible();
  // The page it began on is closed, so that no call of its own meets the end of the session.
  const page = await first.context().newPage();
  await first.close();
  const session = (await page.context().cookies()).find(({ name }) => name.endsWith("atrium-session-globex"));
  const forge = () => page.context().addCookies([{ name: "atrium-session-acme", value: session?.value ?? "", url: atrium.url }]);
  await forge();
  const answer = await page.request.get("/acme/api/trpc/identity.members.list?input=%7B%22limit%22:50%7D");
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { data: { app: { code: "tenant_mismatch" } } } });
  await forge();
  await page.goto("/acme/settings/members");
  await expect(new SignInPage(page).title).toHaveText("Sign in to Acme Industries");
});

test.describe("the ids of another company", () => {
  test.use({ tolerated: /status of 404/ });

  test("are not found, on the screen and as a file, by whoever sees everything in their own", async ({ as, atrium }) => {
    const [employee] = (await apiOf(atrium, "hr@acme").people.employee.list.query({})).items;
    const { payslips } = await apiOf(atrium, "employee@acme").payroll.payslip.mine.query();
    const payslip = payslips.at(-1)?.id ?? "";
    const page = await as("owner@globex");
    for (const path of [`/globex/people/${employee?.id ?? ""}`, `/globex/payslips/${payslip}`]) {
      await page.goto(path);
      await expect(page.getByText("There is nothing here"), path).toBeVisible();
      await expect(page.getByRole("main")).not.toContainText(employee?.fullName ?? "");
    }
    expect((await page.request.get(`/globex/api/payslips/${payslip}/pdf`)).status()).toBe(404);
  });
});

test.describe("a page that is not for one's role", () => {
  test.use({ tolerated: /status of 40[34]/ });

  for (const path of ["pay", "people/new", "people/import", "people/organisation", "settings/members"]) {
    test(`shows an employee who types its address nothing but that: ${path}`, async ({ as }) => {
      const page = await as("employee@globex");
      const answer = await page.goto(`/globex/${path}`);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("main")).toContainText("There is nothing here");
      await expect(new Frame(page).places).toBeVisible();
    });
  }
});

test("nothing below a company's path answers to nobody", async ({ atrium }) => {
  const nobody = await request.newContext({ baseURL: atrium.url });
  for (const path of ["/acme/api/trpc/identity.members.list", "/acme/api/trpc/identity.session.me", "/acme/api/people/export", "/acme/api/people/imports/sample"]) {
    expect((await nobody.get(path)).status(), path).toBe(401);
  }
  await nobody.dispose();
});
