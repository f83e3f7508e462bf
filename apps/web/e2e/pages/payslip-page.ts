import type { Locator, Page } from "@playwright/test";
import { paise } from "../harness/money.ts";

export class PayslipPage {
  readonly page: Page;
  readonly net: Locator;
  readonly download: Locator;

  constructor(page: Page) {
    this.page = page;
    this.net = page.locator("article").getByRole("heading", { name: "Net pay" }).locator("xpath=following-sibling::span[1]");
    this.download = page.getByRole("button", { name: "Download PDF" });
  }

  /** The amounts of one of its tables, and the total under them. */
  async lines(title: "Earnings" | "Deductions"): Promise<{ readonly amounts: readonly number[]; readonly total: number }> {
    const table = this.page.getByRole("table", { name: title });
    const amounts = (await table.locator("tbody td").allInnerTexts()).map(paise);
    return { amounts, total: paise(await table.locator("tfoot td").innerText()) };
  }
}
