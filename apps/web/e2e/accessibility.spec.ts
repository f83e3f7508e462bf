import { expectAccessible, expectContrast, expectNoSidewaysScroll } from "./harness/accessible.ts";
import { forwarding, pagePatterns, site } from "./harness/site.ts";
import { expect, phone, test } from "./harness/test.ts";

// Pages are looked at alone and in any order.
test.describe.configure({ mode: "parallel" });

test("no page is left out of what follows", () => {
  const looked = [...site.map(({ pattern }) => pattern), ...forwarding];
  expect([...new Set(looked)].sort()).toEqual(pagePatterns().filter((pattern) => !pattern.includes("[...")));
});

for (const [place, { pattern, for: people, address }] of site.entries()) {
  for (const role of people) {
    test(`${pattern} is accessible to ${role}: light, dark, and 375 px wide without scrolling sideways (${place + 1})`, async ({ as, atrium }) => {
      const page = await as(role === "nobody" ? undefined : `${role}@globex`);
      await page.goto(await address(atrium));
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectContrast(page);
      await page.setViewportSize(phone);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });
  }
}
