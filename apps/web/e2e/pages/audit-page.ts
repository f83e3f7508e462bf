import type { Locator, Page } from "@playwright/test";
import type { Company } from "../harness/accounts.ts";
import { DataList } from "./data-list.ts";

export class AuditPage {
  readonly page: Page;
  readonly list: DataList;
  /** One opened row. */
  readonly sheet: Locator;
  readonly export: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = new DataList(page, "Audit trail");
    this.sheet = page.getByRole("dialog");
    this.export = page.getByRole("button", { name: "Export" });
  }

  async open(company: Company, query = ""): Promise<void> {
    await this.page.goto(`/${company}/settings/audit${query}`);
    await this.list.expectFresh();
  }
}
