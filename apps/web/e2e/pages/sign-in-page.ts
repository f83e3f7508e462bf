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

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole("heading", { level: 1 });
    this.email = page.getByLabel("Email address");
    this.password = page.getByLabel("Password", { exact: true });
    this.submit = page.getByRole("button", { name: "Sign in" });
  }

  async signIn(account: Account, password: string): Promise<void> {
    await expectAwake(this.submit);
    await this.email.fill(emailOf(account));
    await this.password.fill(password);
    await this.submit.click();
  }
}
