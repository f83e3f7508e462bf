import type { Locator, Page } from "@playwright/test";
import { expectAwake } from "../harness/awake.ts";

/** Where a company begins: the form, the mail, and the page that its link opens. */
export class SignUpPage {
  readonly page: Page;
  readonly company: Locator;
  readonly slug: Locator;
  readonly submit: Locator;
  readonly password: Locator;
  readonly confirm: Locator;

  constructor(page: Page) {
    this.page = page;
    this.company = page.getByLabel("Company name");
    this.slug = page.getByLabel("Address name");
    this.submit = page.getByRole("button", { name: "Send me the link" });
    this.password = page.getByLabel("Password", { exact: true });
    this.confirm = page.getByRole("button", { name: "Make my company" });
  }

  async fill({ company, name, email }: { readonly company: string; readonly name: string; readonly email: string }): Promise<void> {
    await expectAwake(this.submit);
    await this.company.fill(company);
    await this.page.getByLabel("Your name").fill(name);
    await this.page.getByLabel("Your work email").fill(email);
    await this.page.getByLabel("Professional").click();
  }

  /** The link in the newest mail to this address, as the outbox shows it. */
  async linkFor(email: string): Promise<string> {
    await this.page.goto("/outbox");
    await this.page.getByRole("link").filter({ hasText: email }).first().click();
    const text = this.page.locator("pre");
    await text.waitFor();
    const link = /\/sign-up\/confirm#\S+/.exec((await text.textContent()) ?? "")?.[0];
    if (link === undefined) throw new Error("The mail has no link.");
    return link;
  }
}
