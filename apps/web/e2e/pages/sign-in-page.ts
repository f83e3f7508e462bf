import type { Locator, Page } from "@playwright/test";
import { emailOf } from "../harness/accounts.ts";
import type { Account } from "../harness/accounts.ts";
import { expectAwake } from "../harness/awake.ts";

export class SignInPage {
  readonly page: Page;
  readonly title: Locator;
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  /** The second step: a code of the app, or a recovery code. */
  readonly code: Locator;
  readonly passkey: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole("heading", { level: 1 });
    this.email = page.getByLabel("Email address");
    this.password = page.getByLabel("Password", { exact: true });
    this.submit = page.getByRole("button", { name: "Sign in" });
    this.code = page.getByLabel("Code", { exact: true });
    this.passkey = page.getByRole("button", { name: "Use a passkey" });
  }

  async signIn(account: Account, password: string): Promise<void> {
    await this.type(emailOf(account), password);
  }

  async type(email: string, password: string): Promise<void> {
    await expectAwake(this.submit);
    await this.email.fill(email);
    await this.password.fill(password);
    await this.submit.click();
  }
}
