import type { Locator, Page } from "@playwright/test";
import type { Company } from "../harness/accounts.ts";
import { expectAwake } from "../harness/awake.ts";
import { DataList } from "./data-list.ts";

export class ImportPage {
  readonly page: Page;
  readonly rows: DataList;
  readonly upload: Locator;
  readonly download: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rows = new DataList(page, "Rows");
    this.upload = page.getByRole("button", { name: "Upload and check" });
    this.download = page.getByRole("button", { name: "Download what needs a correction" });
  }

  async open(company: Company): Promise<void> {
    await this.page.goto(`/${company}/people/import`);
  }

  async check(file: string): Promise<void> {
    await expectAwake(this.upload);
    await this.page.getByLabel("File of joiners").setInputFiles(file);
    await this.upload.click();
  }

  /** A number over the rows, which opens the rows it counts. */
  count(label: string): Locator {
    return this.page.getByRole("link", { name: new RegExp(`^${label}`) });
  }

  async commit(people: number): Promise<void> {
    await this.page.getByRole("button", { name: `Import ${people} people` }).click();
  }
}
