import { join } from "node:path";
import { expectSettled } from "./harness/accessible.ts";
import { apiOf } from "./harness/api.ts";
import { picturesFolder } from "./harness/env.ts";
import { site } from "./harness/site.ts";
import { phone, test } from "./harness/test.ts";

// ATRIUM_PICTURES=/some/folder npx playwright test -c apps/web/pictures.config.ts

const looks = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  375: { colorScheme: "light", viewport: phone },
} as const;

const nameOf = (pattern: string, role: string): string => `${pattern.replaceAll(/\W+/g, "-").replaceAll(/^-|-$/g, "") || "first"}-${role}`;

for (const [place, { pattern, for: people, address }] of site.entries()) {
  for (const role of people) {
    test(`${pattern} as ${role} (${place + 1})`, async ({ as, atrium }) => {
      const path = await address(atrium);
      for (const [look, options] of Object.entries(looks)) {
        const page = await as(role === "nobody" ? undefined : `${role}@globex`, options);
        await page.goto(path);
        await expectSettled(page);
        await page.screenshot({ path: join(picturesFolder, look, `${place + 1}-${nameOf(pattern, role)}.png`) });
      }
    });
  }
}

test("a month that waits for approval", async ({ as, atrium }) => {
  const starter = apiOf(atrium, "payroll@globex");
  const { period } = await starter.payroll.run.standing.query();
  await starter.payroll.run.start.mutate({ period, excludeBlocked: true });
  for (const [look, options] of Object.entries(looks)) {
    const page = await as("owner@globex", options);
    await page.goto(`/globex/pay/${period}`);
    await page.getByText("This payroll waits for a second person").waitFor();
    await expectSettled(page);
    await page.screenshot({ path: join(picturesFolder, look, "review.png") });
  }
});
