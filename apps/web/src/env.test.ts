import { describe, expect, it } from "vitest";
import { readEnv } from "./env.ts";

/** Thirty-two bytes, each the next number. */
const soundKeys = JSON.stringify({ current: "k1", keys: { k1: Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString("base64") } });

const good = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://atrium_app@127.0.0.1:5432/atrium",
  ATRIUM_URL: "https://hr.example.test",
  NEXTAUTH_SECRET: "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e",
  SMTP_URL: "smtp://mail.example.test",
  MAIL_FROM: "Acme HR <hr@example.test>",
  INNGEST_EVENT_KEY: "an-event-key-of-some-length",
  INNGEST_SIGNING_KEY: "0123456789abcdef0123456789abcdef0123456789abcdef",
  FILES_DIR: "/var/lib/atrium",
  UPSTASH_REDIS_REST_URL: "http://127.0.0.1:8079",
  UPSTASH_REDIS_REST_TOKEN: "a-token-of-some-length",
  ATRIUM_KEYS_FILE: "/etc/atrium/keys.json",
};
const faultsOf = (changes: Readonly<Record<string, string | undefined>>) => {
  const read = readEnv({ ...good, ...changes });
  return "faults" in read ? read.faults : [];
};

it("accepts what is needed and nothing more", () => {
  expect(faultsOf({ ATRIUM_KEYS_FILE: undefined, ATRIUM_KEYS: soundKeys })).toEqual([]);
  expect(readEnv(good)).toMatchObject({ env: { ATRIUM_URL: "https://hr.example.test", LOG_LEVEL: "info", ATRIUM_DEMO_TENANTS: [] } });
});

describe("a start is refused with one sentence that names the variable", () => {
  it.each([
    ["NEXTAUTH_SECRET", undefined, "is missing"],
    ["NEXTAUTH_SECRET", "short", "too short"],
    ["NEXTAUTH_SECRET", "a".repeat(48), "can be guessed"],
    ["NEXTAUTH_SECRET", "change-me-to-something-long-and-random-please", "can be guessed"],
    ["DATABASE_URL", undefined, "is missing"],
    ["DATABASE_URL", "mysql://somewhere/else", "DATABASE_URL"],
    ["ATRIUM_URL", undefined, "must be the address"],
    ["ATRIUM_URL", "javascript:alert(1)", "must be the address"],
    ["ATRIUM_TENANT_HOSTS", "hr.example.test", "leading dot"],
    ["ATRIUM_TRUSTED_PROXIES", "many", "number of proxies"],
    ["NEXTAUTH_URL", "https://hr.example.test", "must not be set"],
    ["AUTH_TRUST_HOST", "true", "must not be set"],
    ["INNGEST_DEV", "1", "must not be set in production"],
    ["INNGEST_SIGNING_KEY", undefined, "a stranger's"],
    ["INNGEST_EVENT_KEY", undefined, "no job starts"],
    ["UPSTASH_REDIS_REST_URL", undefined, "nobody can sign in"],
    ["UPSTASH_REDIS_REST_TOKEN", undefined, "lets nobody in"],
    ["SMTP_URL", undefined, "no mail can leave"],
    ["MAIL_FROM", undefined, "who sends"],
    ["FILES_DIR", undefined, "no file can be kept"],
    ["ATRIUM_KEYS_FILE", undefined, "no sensitive field can be sealed"],
    ["ATRIUM_KEYS", soundKeys, "must not be set beside"],
    ["LOG_LEVEL", "loud", "LOG_LEVEL"],
  ])("%s=%s", (name, value, said) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^[A-Z0-9_]+ .*\.$/);
    expect(faults[0]).toContain(name);
    expect(faults[0]).toContain(said);
  });

  it("and each of several that are wrong has its own", () => {
    const faults = faultsOf({ NEXTAUTH_SECRET: undefined, ATRIUM_URL: undefined, DATABASE_URL: undefined, INNGEST_DEV: "1" });
    expect(faults.map((fault) => fault.split(" ")[0]).sort()).toEqual([
      "ATRIUM_URL",
      "DATABASE_URL",
      "INNGEST_DEV",
      "NEXTAUTH_SECRET",
    ]);
  });

  it("and for keys that are none", () => {
    const faults = faultsOf({ ATRIUM_KEYS_FILE: undefined, ATRIUM_KEYS: '{"current":"k1","keys":{"k1":"aHVudGVyMg=="}}' });
    expect(faults).toEqual([expect.stringMatching(/^ATRIUM_KEYS holds a key "k1" that is not 32 random bytes .*\.$/)]);
    expect(faults.join()).not.toContain("aHVudGVyMg");
  });

  it("and never repeats a secret", () => {
    expect(faultsOf({ NEXTAUTH_SECRET: "hunter2" }).join()).not.toContain("hunter2");
  });
});

it("lets development speak to a job server without signatures", () => {
  expect(faultsOf({ NODE_ENV: "development", INNGEST_DEV: "1" })).toEqual([]);
});
