import { hash } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { hashPassword, isOutdated, isPassword, takingTurns } from "./password.ts";

it("keeps a password as argon2id with 64 MiB and three passes", async () => {
  expect(await hashPassword("a quiet courtyard")).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
});

it("knows the password again, and no other", async () => {
  const kept = await hashPassword("a quiet courtyard");
  expect(await isPassword("a quiet courtyard", kept)).toBe(true);
  expect(await isPassword("a quiet courtyarD", kept)).toBe(false);
});

it("knows a password however its signs were composed, and from whatever script they are", async () => {
  const kept = await hashPassword("caf\u00e9 नदी किनारे");
  expect(await isPassword("cafe\u0301 नदी किनारे", kept)).toBe(true);
  expect(await isPassword("cafe नदी किनारे", kept)).toBe(false);
});

it("sees which hashes were made at another cost", async () => {
  expect(isOutdated(await hashPassword("a quiet courtyard"))).toBe(false);
  expect(isOutdated(await hash("a quiet courtyard", { memoryCost: 19_456, timeCost: 2, parallelism: 1 }))).toBe(true);
});

it("accepts nothing where nothing is kept", async () => {
  expect(await isPassword("", null)).toBe(false);
  expect(await isPassword("", undefined)).toBe(false);
});

describe("a flood of sign-ins", () => {
  it("has at most so many at work at once, lets so many wait, and sends the rest away", async () => {
    const inTurn = takingTurns({ maxAtOnce: 2, maxWaiting: 3 });
    let [atWork, most] = [0, 0];
    const work = async (): Promise<void> => {
      atWork += 1;
      most = Math.max(most, atWork);
      await Promise.resolve();
      atWork -= 1;
    };
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => inTurn(work)));
    expect(most).toBe(2);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(answers.at(-1)).toMatchObject({ reason: { code: "request/busy" } });
  });

  it("is over once all have had their turn, even those whose work failed", async () => {
    const inTurn = takingTurns({ maxAtOnce: 1, maxWaiting: 1 });
    const failing = () => inTurn(() => Promise.reject(new Error("no")));
    await Promise.allSettled([failing(), failing(), failing()]);
    expect(await inTurn(async () => "in")).toBe("in");
  });
});
