import type { Page } from "@playwright/test";
import { ChoosePasswordPage } from "../pages/choose-password-page.ts";
import { SecurityPage } from "../pages/security-page.ts";
import { appCode } from "./authenticator.ts";
import type { House } from "./env.ts";
import { commandIn } from "./launch.ts";

/** Makes an operator from the command line, who chooses a password and sets up a second factor. */
export async function comeInAsOperator(page: Page, house: House): Promise<void> {
  const said = await commandIn(house, ["operator", "create", `om-${Date.now().toString(36)}@atrium.test`, "--name", "Om Operator"]);
  const path = /\/operator\/invitation#\S+/.exec(said)?.[0];
  if (path === undefined) throw new Error(`No link was printed:\n${said}`);
  await page.goto(path);
  await new ChoosePasswordPage(page, "Accept and come in").choose("four kites over the old mill");
  const security = new SecurityPage(page);
  await security.expectReady();
  await page.getByRole("button", { name: "Set up an app" }).click();
  await security.dialog.getByLabel("Code").fill(appCode(await security.key()));
  await security.dialog.getByRole("button", { name: "Confirm" }).click();
  await security.takeRecoveryCodes();
}
