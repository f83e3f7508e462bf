import { describe, expect, it } from "vitest";
import { rememberDomains } from "./own-domains.ts";

function directory(answers: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const find = rememberDomains(
    async (name) => {
      asked.push(name);
      if (name === "broken.test") throw new Error("No answer.");
      return answers[name];
    },
    () => clock.now,
  );
  return { find, asked, clock };
}

describe("a company's own domain", () => {
  it("is asked for once a minute, whether it is somebody's or nobody's", async () => {
    const { find, asked, clock } = directory({ "people.acme.test": "acme" });
    for (const name of ["people.acme.test", "people.acme.test", "evil.test", "evil.test"]) await find(name);
    expect(asked).toEqual(["people.acme.test", "evil.test"]);
    expect([await find("people.acme.test"), await find("evil.test")]).toEqual(["acme", undefined]);
    clock.now = 60_000;
    await find("people.acme.test");
    expect(asked).toHaveLength(3);
  });

  it("is asked for again when nobody could say", async () => {
    const { find, asked } = directory({});
    await expect(find("broken.test")).rejects.toThrow("No answer.");
    await expect(find("broken.test")).rejects.toThrow("No answer.");
    expect(asked).toHaveLength(2);
  });

  it("is forgotten for newer ones, so that a flood of strange names fills no memory", async () => {
    const { find, asked } = directory({});
    for (let count = 0; count <= 1_000; count += 1) await find(`host-${count}.test`);
    await find("host-1000.test");
    expect(asked).toHaveLength(1_001);
    await find("host-0.test");
    expect(asked).toHaveLength(1_002);
  });
});
