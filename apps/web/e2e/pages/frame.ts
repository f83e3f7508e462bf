import type { Locator, Page } from "@playwright/test";
import { expectAwake } from "../harness/awake.ts";

/** What stands round every page of somebody who is signed in. */
export class Frame {
  readonly page: Page;
  readonly title: Locator;
  readonly places: Locator;
  readonly skipLink: Locator;
  readonly serverDown: Locator;
  readonly palette: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole("heading", { level: 1 });
    this.places = page.getByRole("navigation", { name: "Main" });
    this.skipLink = page.getByRole("link", { name: "Skip to the content" });
    this.serverDown = page.getByRole("alert").filter({ hasText: "The connection is tried again" });
    this.palette = page.getByRole("dialog", { name: "Search" });
  }

  /** Opens the menu that bears the person's name. */
  async openMenu(): Promise<void> {
    const menu = this.page.getByRole("button", { name: /^Your account:/ });
    await expectAwake(menu);
    await menu.click();
  }

  async choose(item: string): Promise<void> {
    await this.openMenu();
    await this.page.getByRole("menuitem", { name: item, exact: true }).click();
  }
}
