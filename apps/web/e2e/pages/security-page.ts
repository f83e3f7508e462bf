import type { Locator, Page } from "@playwright/test";
import { expectAwake } from "../harness/awake.ts";
import { expect } from "../harness/test.ts";

/** How one proves who one is, and where one is signed in. */
export class SecurityPage {
  readonly page: Page;
  readonly dialog: Locator;
  readonly stepUp: Locator;
  readonly devices: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole("dialog");
    this.stepUp = page.getByRole("dialog", { name: "Confirm that it is you" });
    this.devices = page.getByRole("list", { name: "Devices" }).getByRole("listitem");
  }

  async open(company: string): Promise<void> {
    await this.page.goto(`/${company}/account/security`);
    await this.expectReady();
  }

  async expectReady(): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: "Account and security" })).toBeVisible();
    await expectAwake(this.page.getByRole("button", { name: "Add a passkey" }));
  }

  /** The key of the app that is being set up, as one would type it. */
  async key(): Promise<string> {
    return this.dialog.locator("code").innerText();
  }

  /** The recovery codes in sight; puts them away. */
  async takeRecoveryCodes(): Promise<readonly string[]> {
    const codes = this.page.getByRole("dialog", { name: "Your recovery codes" });
    await expect(codes).toBeVisible();
    const shown = await codes.getByRole("listitem").allInnerTexts();
    await codes.getByRole("button", { name: "I have kept them" }).click();
    await expect(codes).toBeHidden();
    return shown;
  }

  async confirmWithPassword(password: string): Promise<void> {
    await this.stepUp.getByLabel("Password").fill(password);
    await this.stepUp.getByRole("button", { name: "Confirm" }).click();
    await expect(this.stepUp).toBeHidden();
  }
}
