import { describe, expect, it } from "vitest";
import { SaveBillingAccount } from "./contract.ts";

const right = {
  name: "Acme Widgets Private Limited", addressLine: "12 Mahatma Gandhi Road", city: "Bengaluru", stateCode: "29", pinCode: "560001",
  gstin: "29AAACB0002B1ZP", contacts: ["accounts@acme.test"], version: 0,
};
const faults = (change: Readonly<Record<string, unknown>>) =>
  SaveBillingAccount.safeParse({ ...right, ...change }).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("a billing account", () => {
  it("is taken as it is, and as people type it", () => {
    expect(faults({})).toEqual([]);
    expect(SaveBillingAccount.parse({ ...right, name: "  Acme\tWidgets ", gstin: " 29 aaacb0002b1zp ", pinCode: " 560 001 ", contacts: [" accounts@acme.test "] })).toEqual({ ...right, name: "Acme Widgets" });
    expect(faults({ gstin: null, contacts: [] })).toEqual([]);
  });

  it.each([
    [{ name: " \u200b " }, "name: billing/name-missing"],
    [{ name: "x".repeat(201) }, "name: billing/too-long"],
    [{ addressLine: "" }, "addressLine: billing/address-missing"],
    [{ city: "\n" }, "city: billing/city-missing"],
    [{ stateCode: "96" }, "stateCode: billing/state-unknown"],
    [{ stateCode: "KA" }, "stateCode: billing/state-unknown"],
    [{ pinCode: "012345" }, "pinCode: billing/pin-invalid"],
    [{ pinCode: "56000" }, "pinCode: billing/pin-invalid"],
    [{ pinCode: "५६०००१" }, "pinCode: billing/pin-invalid"],
    [{ gstin: "" }, "gstin: billing/gstin-length"],
    [{ gstin: "28AAACB0002B1ZP", stateCode: "37" }, "gstin: billing/gstin-state"],
    [{ gstin: "29AAAXB0002B1ZP" }, "gstin: billing/gstin-pan"],
    [{ gstin: "29AAACB0002B0ZP" }, "gstin: billing/gstin-entity"],
    [{ gstin: "29AAACB0002B1AP" }, "gstin: billing/gstin-z"],
    [{ gstin: "29AAACB0002B1ZQ" }, "gstin: billing/gstin-check"],
    [{ contacts: ["nobody"] }, "contacts.0: billing/contact-invalid"],
    [{ contacts: ["a@acme.test", "A@acme.test"] }, "contacts: billing/contact-twice"],
    [{ contacts: Array.from({ length: 6 }, (_, n) => `a${n}@acme.test`) }, "contacts: billing/too-many-contacts"],
  ])("with %j is refused: %s", (change, fault) => {
    expect(faults(change)).toContain(fault);
  });

  it("has its GSTIN in the state of its address", () => {
    expect(faults({ stateCode: "27" })).toEqual(["gstin: billing/gstin-other-state"]);
    expect(faults({ stateCode: "27", gstin: "27AAACC0003C1ZP" })).toEqual([]);
    // Where no state is chosen yet there is none that it could differ from.
    expect(faults({ stateCode: "" })).toEqual(["stateCode: billing/state-unknown"]);
  });
});
