import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { Frame } from "./frame.ts";

/** Where our operators see all companies, and one. */
export class ConsolePage {
  readonly page: Page;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  }

  async open(): Promise<void> {
    await this.page.goto("/operator");
    await expect(new Frame(this.page).title).toHaveText(/^Companies/);
  }

  async search(text: string): Promise<void> {
    await this.page.getByLabel("Search by name or address name").fill(text);
    // The search writes itself into the address a moment later, and would take a click's page back.
    await expect(this.page).toHaveURL(new RegExp(text));
  }

  async showBusiestFirst(): Promise<void> {
    await this.page.getByRole("button", { name: "Order" }).click();
    await this.page.getByRole("menuitemradio", { name: "Busiest first" }).click();
    await expect(this.page).toHaveURL(/order=usage/);
  }

  row(name: string): Locator {
    return this.page.getByRole("row").filter({ hasText: name });
  }

  async submitOverride(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Set an override" }).click();
  }
}
