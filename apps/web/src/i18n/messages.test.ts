import { existsSync, readdirSync } from "node:fs";
import { commonErrors } from "@atrium/kernel";
import { uiMessageKeys } from "@atrium/ui";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { messages } from "./messages.ts";

const packages = new URL("../../../../packages/", import.meta.url);

/** The error codes of every domain, so that a new domain's are asked for without a word here. */
async function everyCode(): Promise<readonly string[]> {
  const contracts = readdirSync(packages)
    .map((room) => new URL(`${room}/src/contract.ts`, packages))
    .filter((file) => existsSync(file));
  const modules: Readonly<Record<string, unknown>>[] = await Promise.all(contracts.map((file) => import(file.href)));
  const catalogues = modules.flatMap((contract) => Object.entries(contract).filter(([name]) => name.endsWith("Errors")));
  return [commonErrors, ...catalogues.map(([, catalogue]) => catalogue)].flatMap((catalogue) => Object.keys(z.record(z.string(), z.string()).parse(catalogue)));
}

describe("every refusal of the house", () => {
  it("has a sentence for the person who reads it", async () => {
    const codes = await everyCode();
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !Object.hasOwn(messages.errors, code))).toEqual([]);
  });

  it("has a sentence that says more than its code, and ends as one", () => {
    const poor = Object.entries(messages.errors).filter(([code, text]) => text.length < 12 || text === code || !/[.}]$/.test(text));
    expect(poor).toEqual([]);
  });
});

it("has every word the design system says, and no other", () => {
  expect(Object.keys(messages.ui).sort()).toEqual([...uiMessageKeys].sort());
});

it("reads every file of messages", () => {
  const files = readdirSync(new URL("../../messages/en/", import.meta.url)).map((name) => name.replace(".json", ""));
  expect(Object.keys(messages).sort()).toEqual(files.sort());
});

it("has no message that cannot be read", () => {
  const leaves = (node: object): string[] =>
    Object.values(node).flatMap((value: unknown) => (typeof value === "string" ? [value] : typeof value === "object" && value !== null ? leaves(value) : []));
  const texts = leaves(messages);
  expect(texts.length).toBeGreaterThan(100);
  for (const text of texts) expect(() => new IntlMessageFormat(text, "en-IN"), text).not.toThrow();
});
