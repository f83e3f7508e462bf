import { expectAwake } from "./harness/awake.ts";
import { expect, test } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { SignInPage } from "./pages/sign-in-page.ts";
import { SignUpPage } from "./pages/sign-up-page.ts";

const password = "nine lamps on the water";

test.describe("a company", () => {
  // A link that was used, and a company that is gone.
  test.use({ tolerated: /status of (401|404|409)/ });

  test("begins with a link in the mail, works from the last click on, and ends with all that it had in its owner's hands", async ({ as }) => {
    const page = await as(undefined);
    await page.goto("/");
    await page.getByRole("link", { name: "Begin a company" }).click();
    const signUp = new SignUpPage(page);
    await signUp.fill({ company: "Northern Lights", name: "Nila Iyer", email: "nila@northern.test" });
    await expect(signUp.slug).toHaveValue("northern-lights");
    await expect(page.getByText("“northern-lights” is free.")).toBeVisible();
    await signUp.submit.click();
    await expect(page.getByText("We have sent a link to nila@northern.test")).toBeVisible();

    const link = await signUp.linkFor("nila@northern.test");
    await page.goto(link);
    await expect(page.getByText("/northern-lights", { exact: true })).toBeVisible();
    await expectAwake(signUp.confirm);
    await signUp.password.fill(password);
    const clickedAt = Date.now();
    await signUp.confirm.click();
    const frame = new Frame(page);
    await expect(page).toHaveURL("/northern-lights");
    await expect(frame.places).toBeVisible();
    // Two seconds is what it may take; said, not asserted, since the machine may have other things to do.
    test.info().annotations.push({ type: "last click to working home page", description: `${String(Date.now() - clickedAt)} ms` });

    // The holidays are laid in by a job, a moment later.
    await expect
      .poll(async () => {
        await page.goto("/northern-lights/settings/calendar");
        const republicDay = page.getByText("Republic Day");
        await expect(republicDay.or(page.getByText(/No holidays in \d{4} yet/))).toBeVisible();
        return republicDay.count();
      })
      .toBe(1);

    const again = await as(undefined);
    await again.goto(link);
    await again.getByRole("link", { name: "Sign in to your company" }).click();
    await new SignInPage(again).type("nila@northern.test", password);
    await expect(again).toHaveURL("/northern-lights");

    await page.goto("/northern-lights/settings/company");
    const remove = page.getByRole("button", { name: "Delete the company…" });
    await expectAwake(remove);
    await expect(remove).toHaveAttribute("aria-disabled", "true");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export everything" }).click();
    expect((await download).suggestedFilename()).toMatch(/^northern-lights-\d{4}-\d\d-\d\d\.zip$/);
    await expect(remove).not.toHaveAttribute("aria-disabled", "true");
    await remove.click();
    await page.getByLabel("Type northern-lights to confirm").fill("northern-lights");
    await page.getByRole("button", { name: "Delete the company", exact: true }).click();
    await expect(page).toHaveURL("/");
    await page.goto("/northern-lights");
    await expect(page.getByText("There is no company here")).toBeVisible();
    await again.reload();
    await expect(again.getByText("There is no company here")).toBeVisible();
  });
});

test("an address name that another company has, or one that looks like it, is said before anything is sent", async ({ as }) => {
  const page = await as(undefined);
  await page.goto("/sign-up");
  const { slug, submit } = new SignUpPage(page);
  await expectAwake(submit);
  for (const taken of ["globex", "g1obex", "glob-ex"]) {
    await slug.fill(taken);
    await expect(page.getByText("Another company has this address name, or one that looks the same.")).toBeVisible();
  }
  await slug.fill("admin");
  await expect(page.getByText("Atrium needs this name for itself.")).toBeVisible();
});

test.describe("a link", () => {
  test.use({ tolerated: /status of 400/ });

  test("that was cut short opens nothing, and says what to do", async ({ as }) => {
    const page = await as(undefined);
    await page.goto("/sign-up/confirm#abc.def");
    await expect(page.getByText("This link does not work.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Sign up once more" })).toBeVisible();
  });
});
