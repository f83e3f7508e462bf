import type { Locator, Page } from "@playwright/test";
import { expectSettled } from "../harness/accessible.ts";
import { expectAwake } from "../harness/awake.ts";
import { expect } from "../harness/test.ts";

/** What the company has subscribed to, uses and has to pay, and the page where that is changed. */
export class BillingPage {
  readonly page: Page;
  readonly company: string;
  readonly stepUp: Locator;
  readonly dialog: Locator;

  constructor(page: Page, company: string) {
    this.page = page;
    this.company = company;
    this.stepUp = page.getByRole("dialog", { name: "Confirm that it is you" });
    this.dialog = page.getByRole("dialog");
  }

  async open(): Promise<void> {
    await this.page.goto(`/${this.company}/settings/billing`);
    await this.expectReady();
  }

  async expectReady(): Promise<void> {
    await expect(this.page).toHaveURL(`/${this.company}/settings/billing`);
    await expectSettled(this.page);
    await expectAwake(this.page.getByRole("link", { name: "Billing" }));
  }

  /** One of the facts about the plan, such as `Next renewal`. */
  fact(name: string): Locator {
    return this.page.locator("dl > div", { has: this.page.getByText(name, { exact: true }) }).locator("dd");
  }

  meter(name: string): Locator {
    return this.page.getByRole("meter", { name });
  }

  async openChange(): Promise<void> {
    await this.page.getByRole("link", { name: /^(Change plan or seats|Renew or choose a plan)$/ }).click();
    await expect(this.page.getByRole("heading", { name: "Change plan or seats" })).toBeVisible();
    await expectAwake(this.page.getByLabel("Seats"));
  }

  async choose(plan: string, seats: number): Promise<void> {
    await this.page.getByRole("radio", { name: plan }).click();
    await this.page.getByLabel("Seats").fill(String(seats));
  }

  /** A line of the preview: what it was and what it would be, or an amount. */
  async row(name: string): Promise<readonly string[]> {
    const row = this.page.getByRole("row", { name: new RegExp(`^${name}`) });
    await expect(row).toBeVisible();
    return (await row.getByRole("cell").allInnerTexts()).filter((text) => text !== "");
  }

  async prove(password: string): Promise<void> {
    await this.stepUp.getByLabel("Password").fill(password);
    await this.page.keyboard.press("Enter");
    await expect(this.stepUp).toBeHidden();
  }
}
