import { startProvider } from "@atrium/identity/sso-testing";
import { expectAccessible } from "./harness/accessible.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import { expect, test } from "./harness/test.ts";
import { Frame } from "./pages/frame.ts";
import { SecurityPage } from "./pages/security-page.ts";
import { SecuritySettingsPage } from "./pages/security-settings-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

test.use({ tolerated: /status of 40[0139]/ });

test("an owner connects the company's provider, links the own account, and comes in by it", async ({ as, atrium }) => {
  const company = await makeOwnCompany(atrium);
  const { slug, ownerEmail } = company;
  const provider = await startProvider({ redirectUri: `${atrium.url}/${slug}/api/sso/callback`, people: { meera: { email: ownerEmail, email_verified: true } } });
  const page = await as(undefined);
  await page.goto(`/${slug}/sign-in`);
  await new SignInPage(page).type(ownerEmail, atrium.password);
  await expect(page).toHaveURL(`/${slug}`);

  await new SecuritySettingsPage(page).open(slug);
  await page.getByRole("button", { name: "Add a provider" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Acme ID");
  await page.getByLabel("Issuer").fill(`${provider.issuer}/nowhere`);
  await page.getByLabel("Client ID").fill(provider.clientId);
  await page.getByLabel("Client secret").fill(provider.clientSecret);
  await page.getByRole("button", { name: "Save provider" }).click();
  await expect(page.getByText("Somebody answered at this address, but not as an OpenID Connect provider").first()).toBeVisible();
  await page.getByLabel("Issuer").fill(provider.issuer);
  await page.getByRole("button", { name: "Save provider" }).click();
  await expect(page.getByText(`${provider.issuer} · Nobody is linked yet`)).toBeVisible();

  // A stranger at the provider who was given the owner's address is nobody here.
  provider.expect("meera");
  const stranger = await as(undefined);
  await stranger.goto(`/${slug}/sign-in`);
  await expectAccessible(stranger);
  await stranger.getByRole("link", { name: "Continue with Acme ID" }).click();
  await expect(stranger.getByText("Your account at the identity provider belongs to no member here")).toBeVisible();

  await new SecurityPage(page).open(slug);
  await page.getByRole("button", { name: "Link Acme ID" }).click();
  await expect(page.getByText("Your account is linked.")).toBeVisible();
  await expectAccessible(page);

  await stranger.goto(`/${slug}/sign-in?next=/${slug}/settings/appearance`);
  await stranger.getByRole("link", { name: "Continue with Acme ID" }).click();
  await expect(stranger).toHaveURL(`/${slug}/settings/appearance`);
  await expect(new Frame(stranger).places).toBeVisible();
  await provider.close();
  await company.close();
});
