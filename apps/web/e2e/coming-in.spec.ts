import { signInByApi } from "./harness/accounts.ts";
import { expectAccessible } from "./harness/accessible.ts";
import { expectAwake } from "./harness/awake.ts";
import { linkMailedTo } from "./harness/mails.ts";
import { expect, phone, test } from "./harness/test.ts";
import { ChoosePasswordPage } from "./pages/choose-password-page.ts";
import { Frame } from "./pages/frame.ts";
import { MembersPage } from "./pages/members-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

const ravi = { name: "Ravi Iyer", email: "ravi.iyer@umbrella.test" };
const [first, second] = ["three herons by the mill", "तीन बगुले नदी किनारे"];

test.describe("an account", () => {
  test.use({ tolerated: /status of 40[09]/ });

  test("begins with an invitation; a forgotten password is replaced by a mail, and whoever was signed in with the old one is out", async ({ as, atrium }) => {
    await signInByApi(atrium, "owner@umbrella");
    const owner = await as("owner@umbrella");
    const members = new MembersPage(owner);
    await members.open("umbrella");
    await members.invite(ravi);
    await expect(members.row(ravi.name)).toContainText("Invited");

    const his = await as(undefined);
    await his.goto(await linkMailedTo(atrium, ravi.email, /invites you/));
    const invitation = new ChoosePasswordPage(his, "Accept and come in");
    await expect(his.getByText(`Hello ${ravi.name}.`)).toBeVisible();
    await expectAccessible(his);
    await expectAwake(invitation.submit);
    await invitation.password.fill("RaviIyer2026");
    await invitation.again.fill("RaviIyer2026");
    await invitation.submit.click();
    await expect(his.getByText("There is too little in this besides your name").first()).toBeVisible();
    await invitation.choose(first);
    await expect(his).toHaveURL("/umbrella");
    await expect(new Frame(his).places).toBeVisible();

    const elsewhere = await as(undefined);
    await elsewhere.goto("/umbrella/sign-in");
    await elsewhere.getByRole("link", { name: "Forgotten your password?" }).click();
    const sendLink = elsewhere.getByRole("button", { name: "Send the link" });
    await expectAwake(sendLink);
    await sendLink.click();
    await expect(elsewhere.getByText("Enter your email address.").first()).toBeVisible();
    await elsewhere.getByLabel("Email address").fill(ravi.email);
    await sendLink.click();
    await expect(elsewhere.getByText(`If ${ravi.email} has an account here`)).toBeVisible();
    const link = await linkMailedTo(atrium, ravi.email, /Choose a new password/);
    await elsewhere.goto(link);
    await new ChoosePasswordPage(elsewhere, "Save the password").choose(second);
    await expect(elsewhere.getByText("Your password is changed")).toBeVisible();

    await his.goto("/umbrella");
    await expect(his).toHaveURL(/umbrella\/sign-in\?.*why=ended/);
    const signIn = new SignInPage(elsewhere);
    await signIn.email.fill(ravi.email);
    await signIn.password.fill(second);
    await signIn.submit.click();
    await expect(elsewhere).toHaveURL("/umbrella");

    // The browser in which the session was ended lets in as any other.
    await new SignInPage(his).type(ravi.email, second);
    await expect(his).toHaveURL("/umbrella");

    const again = await as(undefined);
    await again.goto(link);
    await expect(again.getByText("This link does not open any more")).toBeVisible();
  });
});

test.describe("access that is taken away", () => {
  test.use({ tolerated: /status of 401/ });

  test("ends the session at once, and is given back with the roles that were held", async ({ as, atrium }) => {
    await signInByApi(atrium, "owner@hooli");
    await signInByApi(atrium, "manager@hooli");
    const [owner, manager] = [await as("owner@hooli"), await as("manager@hooli")];
    await manager.goto("/hooli");
    await expect(new Frame(manager).places).toBeVisible();
    const members = new MembersPage(owner);
    await members.open("hooli");
    await members.act("manager@hooli.test", "Take access away");
    await expect(members.row("manager@hooli.test")).toContainText("No access");
    await manager.goto("/hooli");
    await expect(manager).toHaveURL(/hooli\/sign-in/);
    await members.act("manager@hooli.test", "Give access back");
    await expect(members.row("manager@hooli.test")).toContainText("Active");
    await expect(members.row("manager@hooli.test")).toContainText("Manager");
    await signInByApi(atrium, "manager@hooli");
  });
});

test.describe("guesses at a password", () => {
  test.use({ tolerated: /status of 40[01]/ });

  test("are made to wait, with the seconds counted down, and the right password then opens", async ({ as, atrium }) => {
    const page = await as(undefined, { viewport: phone });
    await page.goto("/hooli/sign-in");
    const signIn = new SignInPage(page);
    for (let guess = 0; guess < 5; guess += 1) {
      await signIn.signIn("payroll@hooli", `a guess ${guess}`);
      await expect(page.getByText("do not belong together").first()).toBeVisible();
      await expect(signIn.submit).not.toHaveAttribute("aria-busy", "true");
    }
    await signIn.signIn("payroll@hooli", "one guess more");
    await expect(page.getByRole("alert").filter({ hasText: /You can try again in 1 second/ })).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: /You can try again/ })).toBeHidden();
    await signIn.signIn("payroll@hooli", atrium.password);
    await expect(page).toHaveURL("/hooli");
  });
});
