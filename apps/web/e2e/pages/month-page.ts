import type { Locator, Page } from "@playwright/test";
import type { Company } from "../harness/accounts.ts";
import { paise } from "../harness/money.ts";
import { DataList } from "./data-list.ts";

/** One month's pay from its inputs to its payslips. */
export class MonthPage {
  readonly page: Page;
  readonly changes: Locator;
  readonly approve: Locator;
  readonly dialog: Locator;
  readonly progress: Locator;
  readonly slips: DataList;

  constructor(page: Page) {
    this.page = page;
    this.changes = page.locator("section").filter({ has: page.getByRole("heading", { name: "Changed since last month" }) });
    this.approve = page.getByRole("button", { name: "Approve and publish" });
    this.dialog = page.getByRole("dialog");
    this.progress = page.getByRole("progressbar", { name: "Payslips computed" });
    this.slips = new DataList(page, "Payslips");
  }

  async open(company: Company, period: string): Promise<void> {
    await this.page.goto(`/${company}/pay/${period}`);
  }

  /** A figure of the page by its label: the number as it stands there. */
  figure(label: string): Locator {
    const term = this.page.locator("dt", { hasText: new RegExp(`^${label}$`) });
    return this.page.locator("dl > div").filter({ has: term }).locator("dd").first();
  }

  /** The same in paise. */
  async amount(label: string): Promise<number> {
    return paise(await this.figure(label).innerText());
  }

  async startWithoutBlocked(): Promise<void> {
    await this.page.getByRole("button", { name: "Start payroll" }).click();
    await this.dialog.getByRole("checkbox", { name: /^Leave out the/ }).click();
    await this.dialog.getByRole("button", { name: "Start payroll" }).click();
  }

  async openPart(name: string): Promise<void> {
    await this.page.getByRole("tab", { name, exact: true }).click();
  }
}
