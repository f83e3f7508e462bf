import type { Locator, Page } from "@playwright/test";
import type { Company } from "../harness/accounts.ts";
import { expectAwake } from "../harness/awake.ts";

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

  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  async invite({ name, email }: { readonly name: string; readonly email: string }): Promise<void> {
    const open = this.page.getByRole("button", { name: "Invite somebody" });
    await expectAwake(open);
    await open.click();
    const sheet = this.page.getByRole("dialog", { name: "Invite somebody" });
    await sheet.getByLabel("Name", { exact: true }).fill(name);
    await sheet.getByLabel("Email address").fill(email);
    await sheet.getByRole("button", { name: "Send the invitation" }).click();
    await sheet.waitFor({ state: "hidden" });
  }

  /** Chooses an act from a member's menu and confirms it. */
  async act(member: string, act: string): Promise<void> {
    await this.row(member).getByRole("button", { name: /^Acts for/ }).click();
    await this.page.getByRole("menuitem", { name: act }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("button", { name: act }).click();
    await dialog.waitFor({ state: "hidden" });
  }
}
