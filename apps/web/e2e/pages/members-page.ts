import type { Locator, Page } from "@playwright/test";
import type { Company } from "../harness/accounts.ts";

export class MembersPage {
  readonly page: Page;
  readonly search: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.search = page.getByRole("searchbox", { name: "Search by name or email" });
    this.rows = page.getByRole("table", { name: "Members" }).locator("tbody").getByRole("row");
  }

  async open(company: Company): Promise<void> {
    await this.page.goto(`/${company}/settings/members`);
    await this.rows.first().waitFor();
  }
}
