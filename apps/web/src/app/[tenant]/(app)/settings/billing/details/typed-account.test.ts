import type { BillingAccountDto } from "@atrium/billing/contract";
import { expect, it } from "vitest";
import { accountSchema, typedOf } from "./typed-account.ts";

const account: BillingAccountDto = {
  name: "Acme Industries", addressLine: "1 Example Road", city: "Bengaluru", stateCode: "29", pinCode: "560001", gstin: "29AAACA0001A1ZT", contacts: ["accounts@acme.test", "owner@acme.test"], version: 3,
};

it("what was read can be saved as it is", () => {
  expect(accountSchema(3).parse(typedOf(account))).toEqual(account);
});

it("addresses may stand on lines or behind commas, and an empty GSTIN is none", () => {
  const typed = { ...typedOf(account), gstin: "  ", contacts: " a@acme.test, b@acme.test\n\nc@acme.test;" };
  expect(accountSchema(3).parse(typed)).toMatchObject({ gstin: null, contacts: ["a@acme.test", "b@acme.test", "c@acme.test"] });
});

it("each field that is wrong is told once, at the field", () => {
  const typed = { ...typedOf(account), stateCode: "", gstin: "29AAACA0001A1ZX", contacts: "no address\nnor this" };
  const { error } = accountSchema(3).safeParse(typed);
  expect(error?.issues.map(({ path, message }) => [path.join("."), message]).sort()).toEqual([
    ["contacts", "billing/contact-invalid"],
    ["gstin", "billing/gstin-check"],
    ["stateCode", "billing/state-unknown"],
  ]);
});
