import { describe, expect, it } from "vitest";
import { CreateEmployee, UpdateEmployee } from "./contract.ts";
import { changedFields, contradictions, isPrivateVisible, maskNumber, maskPan, searchPatterns, statusOn, withoutNumbers } from "./rules.ts";

const valid = {
  code: "ACM0001", fullName: "Asha Rao", gender: "female", joinedOn: "2024-04-01", departmentId: "dep_0001", locationId: "loc_0001",
} as const;

const codesOf = (input: Readonly<Record<string, unknown>>): string[] => {
  const read = CreateEmployee.safeParse({ ...valid, ...input });
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
};

describe("the fields of a person", () => {
  it.each([
    ["a PAN of a person", { pan: "AAAPA0001A" }],
    ["a PAN in small letters", { pan: " aaapa0001a " }],
    ["no PAN, written as an empty text", { pan: "" }],
    ["an account of 9 digits with its IFSC", { bankAccount: "000000001", bankIfsc: "ATRM0000001" }],
    ["an account of 18 digits", { bankAccount: "0".repeat(18), bankIfsc: "atrm0000001" }],
    ["a UAN of 12 digits", { uan: "100000000001" }],
    ["a telephone as people write it", { phone: "+91 (98450) 000-01" }],
    ["a code with dashes and slashes", { code: "BLR/2024-07_A.1" }],
  ])("accept %s", (_what, input) => {
    expect(codesOf(input)).toEqual([]);
  });

  it.each([
    ["a PAN of a company", { pan: "AAACA0001A" }, "pan people/pan-invalid"],
    ["a PAN that is too short", { pan: "AAAPA001A" }, "pan people/pan-invalid"],
    ["an IFSC without its zero", { bankIfsc: "ATRM1000001" }, "bankIfsc people/ifsc-invalid"],
    ["an account of 8 digits", { bankAccount: "00000001" }, "bankAccount people/account-invalid"],
    ["an account with a space", { bankAccount: "0000 00001" }, "bankAccount people/account-invalid"],
    ["a UAN of 11 digits", { uan: "10000000001" }, "uan people/uan-invalid"],
    ["an e-mail without a domain", { email: "asha@acme" }, "email people/email-invalid"],
    ["a telephone of letters", { phone: "call me" }, "phone people/phone-invalid"],
    ["a day that no calendar has", { joinedOn: "2026-02-30" }, "joinedOn people/date-invalid"],
    ["a missing day", { joinedOn: " " }, "joinedOn people/required"],
    ["an empty name", { fullName: "  " }, "fullName people/required"],
    ["a name that no screen holds", { fullName: "x".repeat(201) }, "fullName people/too-long"],
    ["a code with a space", { code: "ACM 1" }, "code people/code-invalid"],
    ["no department", { departmentId: "" }, "departmentId people/required"],
    ["an unknown gender", { gender: "" }, "gender people/required"],
  ])("refuse %s", (_what, input, problem) => {
    expect(codesOf(input)).toEqual([problem]);
  });

  it("are trimmed, raised to capitals where the authority writes capitals, and null where they are empty", () => {
    expect(CreateEmployee.parse({ ...valid, fullName: "  Asha Rao ", pan: "aaapa0001a", email: "" })).toMatchObject({ fullName: "Asha Rao", pan: "AAAPA0001A", email: null });
  });

  it("that are not mentioned in a change stay out of it", () => {
    expect(UpdateEmployee.parse({ id: "emp_0001", version: 3, changes: { designation: "Lead" } }).changes).toEqual({ designation: "Lead" });
  });
});

describe("contradictions", () => {
  const sound = { joinedOn: "2024-04-01", leftOn: null, dateOfBirth: null, bankAccount: null, bankIfsc: null };
  it.each([
    ["nothing known but the start", {}, []],
    ["leaving on the day of joining", { leftOn: "2024-04-01" }, []],
    ["leaving before joining", { leftOn: "2024-03-31" }, ["leftOn people/left-before-joined"]],
    ["fourteen on the day of joining", { dateOfBirth: "2010-04-01" }, []],
    ["fourteen a day too late", { dateOfBirth: "2010-04-02" }, ["dateOfBirth people/born-too-late"]],
    ["born on a 29 February, long ago", { dateOfBirth: "2000-02-29" }, []],
    ["an account without its IFSC", { bankAccount: "000000001" }, ["bankIfsc people/bank-incomplete"]],
    ["an IFSC without an account", { bankIfsc: "ATRM0000001" }, ["bankAccount people/bank-incomplete"]],
  ])("%s", (_what, facts, expected) => {
    expect(contradictions({ ...sound, ...facts }).map(({ field, code }) => `${field} ${code}`)).toEqual(expected);
  });
});

describe("what a person is on a day", () => {
  it.each([
    ["2026-11-20", null, "active"],
    ["2026-11-21", null, "joining"],
    ["2024-04-01", "2026-11-20", "active"],
    ["2024-04-01", "2026-11-19", "left"],
    ["2026-12-01", "2026-12-31", "joining"],
  ])("joined %s, left %s: %s", (joinedOn, leftOn, status) => {
    expect(statusOn("2026-11-20", { joinedOn, leftOn })).toBe(status);
  });
});

describe("a text of one line", () => {
  it.each([
    ["with a line break out of a spreadsheet", "Asha\r\n Rao", "Asha Rao"],
    ["with signs that turn the rest of the line round", "\u202eAsha \u2066Rao", "Asha Rao"],
    ["with a zero byte", "Asha\u0000Rao", "Asha Rao"],
    ["with the joiners that Indian scripts and families of emoji need", "शर्\u200dमा 👩\u200d👧", "शर्\u200dमा 👩\u200d👧"],
  ])("%s is kept as it can be read", (_what, text, kept) => {
    expect(CreateEmployee.parse({ ...valid, fullName: text, designation: text })).toMatchObject({ fullName: kept, designation: kept });
  });

  it("in which nothing can be seen is none", () => {
    expect(codesOf({ fullName: " \u200b\u2060 " })).toEqual(["fullName people/required"]);
    expect(CreateEmployee.parse({ ...valid, designation: "\u200b" }).designation).toBe(null);
  });
});

describe("what is shown", () => {
  it("hides all of a PAN but its number, and all of an account but its last four digits", () => {
    expect(maskPan("AAAPA0001A")).toBe("XXXXX0001A");
    expect(maskNumber("123456789012")).toBe("XXXXXXXX9012");
    expect(maskNumber("123456789")).toBe("XXXXXXXX6789");
    expect(withoutNumbers("To compare AAAPA0001A and 9999 0000 0018 with invoice 2026-11 of ₹12,345.")).toBe(
      "To compare XXXXX0001A and XXXXXXXX0018 with invoice 2026-11 of ₹12,345.",
    );
  });

  it.each([
    ["tenant", "emp_1", true],
    ["team", "emp_1", false],
    ["team", "emp_2", true],
    ["own", "emp_2", true],
  ] as const)("shows private facts of emp_2 to a viewer with scope %s who is %s: %s", (scope, viewer, isVisible) => {
    expect(isPrivateVisible([scope], viewer, "emp_2")).toBe(isVisible);
  });

  it("takes the signs that LIKE understands as themselves", () => {
    expect(searchPatterns(" 100%  a_b \\ ")).toEqual(["%100\\%%", "%a\\_b%", "%\\\\%"]);
  });

  it("names the fields that differ", () => {
    expect(changedFields({ a: 1, b: null, c: "x" }, { a: 1, b: "y", c: "z" })).toEqual(["b", "c"]);
  });
});
