import { expectSettled } from "./harness/accessible.ts";
import { answersTo } from "./harness/answers.ts";
import { site } from "./harness/site.ts";
import { expect, test } from "./harness/test.ts";

// Pages are looked at alone and in any order.
test.describe.configure({ mode: "parallel" });

/** The largest batch that the house takes. */
const maxCalls = 10;

/** Pages that need more than one request, each with its reason. */
const more: Readonly<Record<string, number>> = {
  // The whole chain of the trail is recomputed, which takes as long as the trail is: its first rows do not wait for that.
  "/[tenant]/settings/audit": 2,
};

for (const [place, { pattern, for: people, address }] of site.entries()) {
  for (const role of people) {
    test(`${pattern} loads with one request at most for ${role} (${place + 1})`, async ({ as, atrium }) => {
      const page = await as(role === "nobody" ? undefined : `${role}@globex`);
      const path = await address(atrium);
      const answers = answersTo(page.context());
      await page.goto(path);
      await expectSettled(page);
      await page.waitForLoadState("networkidle");
      const asked = answers.flatMap((answer) => (answer.isApi ? [`${answer.method} ${answer.asked}`] : []));
      expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(more[pattern] ?? 1);
      for (const one of asked) expect(one.split(",").length, one).toBeLessThanOrEqual(maxCalls);
    });
  }
}
