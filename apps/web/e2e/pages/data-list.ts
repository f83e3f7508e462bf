import type { Locator, Page } from "@playwright/test";
import { expect } from "../harness/test.ts";

/** A list of the application, found by its name: search, filters, rows, pages. */
export class DataList {
  readonly page: Page;
  readonly rows: Locator;
  readonly empty: Locator;
  readonly status: Locator;
  readonly search: Locator;
  readonly table: Locator;

  constructor(page: Page, name: string) {
    this.page = page;
    this.table = page.getByRole("table", { name, exact: true });
    this.rows = this.table.locator("tbody tr[data-index]");
    this.empty = this.table.locator("tbody");
    this.status = page.getByRole("status").filter({ hasText: /\d/ });
    this.search = page.getByRole("searchbox");
  }

  /** The row in which this text stands. */
  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** The rows are those of the newest question, not the last ones' while the answer is on its way. */
  async expectFresh(): Promise<void> {
    await expect(this.table).toBeVisible();
    await expect(this.table).not.toHaveAttribute("aria-busy", "true");
  }

  async filter(name: string, choice: string): Promise<void> {
    await this.page.getByRole("search").getByRole("button", { name: new RegExp(`^${name}`) }).click();
    await this.page.getByRole("menuitemradio", { name: choice, exact: true }).click();
    await this.page.keyboard.press("Escape");
  }

  /** What stands in one column, by the column's place from the left, on all pages from this one on. */
  async columnToTheEnd(place: number): Promise<string[]> {
    const next = this.page.getByRole("button", { name: "Next page" });
    const texts: string[] = [];
    for (;;) {
      await this.expectFresh();
      texts.push(...(await this.rows.locator(`td:nth-child(${place})`).allInnerTexts()));
      if (!(await next.isVisible())) return texts;
      const first = await this.rows.first().innerText();
      await next.click();
      await expect(this.rows.first()).not.toHaveText(first, { useInnerText: true });
    }
  }
}
