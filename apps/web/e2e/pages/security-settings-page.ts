import type { Locator, Page } from "@playwright/test";
import { expectAwake } from "../harness/awake.ts";
import { expect } from "../harness/test.ts";

/** How people sign in to the company, and who may look in. */
export class SecuritySettingsPage {
  readonly page: Page;
  readonly grants: Locator;
  readonly domains: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grants = page.getByRole("list", { name: "Access for Atrium’s support" }).getByRole("listitem");
    this.domains = page.getByRole("list", { name: "Domains" }).getByRole("listitem");
  }

  async open(company: string): Promise<void> {
    await this.page.goto(`/${company}/settings/security`);
    await this.expectReady();
  }

  async expectReady(): Promise<void> {
    await expectAwake(this.page.getByRole("button", { name: "Add domain" }));
    await expect(this.page.getByRole("button", { name: "Save lengths" })).toBeVisible();
  }

  async addDomain(name: string): Promise<void> {
    await this.page.getByLabel("Domain", { exact: true }).fill(name);
    await this.page.getByRole("button", { name: "Add domain" }).click();
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole("combobox", { name: label }).click();
    await this.page.getByRole("option", { name: option, exact: true }).click();
  }
}
