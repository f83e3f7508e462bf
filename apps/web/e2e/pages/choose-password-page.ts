import type { Locator, Page } from "@playwright/test";
import { expectAwake } from "../harness/awake.ts";

/** Where a new password is chosen, by an invitation or after one was forgotten. */
export class ChoosePasswordPage {
  readonly page: Page;
  readonly password: Locator;
  readonly again: Locator;
  readonly submit: Locator;

  constructor(page: Page, submitLabel: string) {
    this.page = page;
    this.password = page.getByLabel("New password");
    this.again = page.getByLabel("The same once more");
    this.submit = page.getByRole("button", { name: submitLabel });
  }

  async choose(password: string): Promise<void> {
    await expectAwake(this.submit);
    await this.password.fill(password);
    await this.again.fill(password);
    await this.submit.click();
  }
}
