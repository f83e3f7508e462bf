import { expectAccessible, expectNoSidewaysScroll } from "./harness/accessible.ts";
import { roles } from "./harness/accounts.ts";
import { forwarding, pagePatterns, site } from "./harness/site.ts";
import { expect, phone, test } from "./harness/test.ts";

test("no page is left out of what follows", () => {
  const looked = [...site.map(({ pattern }) => pattern), ...forwarding];
  expect([...new Set(looked)].sort()).toEqual(pagePatterns().filter((pattern) => !pattern.includes("[...")));
});

for (const role of [...roles, "nobody"] as const) {
  for (const { pattern, openTo, address } of site) {
    if (!openTo.includes(role)) continue;
    test(`${pattern} is accessible to ${role}: light, dark, and 375 px wide without scrolling sideways`, async ({ as, atrium }) => {
      const page = await as(role === "nobody" ? undefined : `${role}@globex`);
      await page.goto(await address(atrium));
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page);
      await page.setViewportSize(phone);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });
  }
}
