import { describe, expect, it } from "vitest";
import { duplicateFinder, managerProblems, readDate, readHeader, readJoiner } from "./rules.ts";

describe("the header", () => {
  it("is understood whatever its case, spaces and punctuation, and by other names", () => {
    const { columns, missing, unknown } = readHeader(["EMP CODE", "employee_name", "D.O.J.", "Dept", "Work Location", "Shoe size", "PAN No."]);
    expect(columns).toEqual(["code", "fullName", "joinedOn", "department", "location", undefined, "pan"]);
    expect(missing).toEqual([]);
    expect(unknown).toEqual(["Shoe size"]);
  });

  it("names each required column that is missing, and a column that stands there twice", () => {
    const { missing, twice } = readHeader(["Name", "Full name", "DOB"]);
    expect(missing).toEqual(["Employee code", "Date of joining", "Department", "Location"]);
    expect(twice).toBe("Full name");
  });
});

describe("a date", () => {
  it.each([
    ["2026-11-20", "2026-11-20"],
    ["20/11/2026", "2026-11-20"],
    ["20-11-2026", "2026-11-20"],
    ["1/2/2026", "2026-02-01"],
    ["29/02/2024", "2024-02-29"],
    ["29/02/2026", undefined],
    ["31/11/2026", undefined],
    ["11/20/2026", undefined],
    ["20/11-2026", undefined],
    ["20/11/26", undefined],
    ["20 Nov 2026", undefined],
    ["46346", undefined],
    ["", undefined],
  ])("%s is %s", (text, day) => {
    expect(readDate(text)).toBe(day);
  });
});

const good = {
  code: "ACM9001", fullName: "Aditi Menon", gender: "F", joinedOn: "01/12/2026", department: "Engineering", location: "Bengaluru",
};
const problemsOf = (cells: Readonly<Record<string, string>>): string[] => readJoiner({ ...good, ...cells }).problems.map(({ column, code }) => `${column ?? ""} ${code}`);

describe("a row", () => {
  it("keeps a text that broke over two lines in one, and takes one that cannot be seen for none", () => {
    expect(readJoiner({ ...good, fullName: "Aditi\nMenon" }).joiner.fullName).toBe("Aditi Menon");
    expect(problemsOf({ fullName: "\u200b" })).toEqual(["fullName people/required"]);
  });

  it("is read into what a person's record keeps", () => {
    expect(readJoiner({ ...good, pan: "aazpa9001a", managerCode: "" })).toMatchObject({
      joiner: { gender: "female", joinedOn: "2026-12-01", pan: "AAZPA9001A", managerCode: null, email: null },
      problems: [],
    });
  });

  it.each([
    [{ code: "" }, ["code people/required"]],
    [{ fullName: "" }, ["fullName people/required"]],
    [{ joinedOn: "31/11/2026" }, ["joinedOn people/date-invalid"]],
    [{ joinedOn: "" }, ["joinedOn people/required"]],
    [{ department: "" }, ["department people/required"]],
    [{ gender: "yes" }, ["gender people/gender-unknown"]],
    [{ pan: "AAACA0001A" }, ["pan people/pan-invalid"]],
    [{ bankAccount: "12345", bankIfsc: "ATRM0000001" }, ["bankAccount people/account-invalid"]],
    [{ bankAccount: "000000001", bankIfsc: "" }, ["bankIfsc people/bank-incomplete"]],
    [{ email: "aditi@acme" }, ["email people/email-invalid"]],
    [{ dateOfBirth: "2014-01-01" }, ["dateOfBirth people/born-too-late"]],
    [{ designation: "x".repeat(121) }, ["designation people/too-long"]],
    [{ pan: "x", uan: "1", joinedOn: "soon" }, ["joinedOn people/date-invalid", "pan people/pan-invalid", "uan people/uan-invalid"]],
  ])("%o: %o", (cells, expected) => {
    expect(problemsOf(cells)).toEqual(expected);
  });

  it("that claims an earlier row's code, PAN or Aadhaar is told which row it was", () => {
    const find = duplicateFinder();
    expect(find(2, { code: "A1", pan: "AAAPA0001A", aadhaar: "999900000018" })).toEqual([]);
    expect(find(3, { code: "a1", pan: null, aadhaar: null })).toEqual([{ column: "code", code: "people/code-twice", params: { row: 2 } }]);
    expect(find(4, { code: "A2", pan: "AAAPA0001A", aadhaar: null })).toEqual([{ column: "pan", code: "people/pan-twice", params: { row: 2 } }]);
    expect(find(5, { code: "A3", pan: null, aadhaar: "999900000018" })).toEqual([{ column: "aadhaar", code: "people/aadhaar-twice", params: { row: 2 } }]);
    expect(find(6, { code: "", pan: null, aadhaar: null })).toEqual([]);
  });
});

describe("managers", () => {
  const row = (rowNumber: number, code: string, managerCode = "", isGood = true) => ({ rowNumber, code, managerCode, isGood });
  const found = (rows: Parameters<typeof managerProblems>[0], existing: readonly string[] = []) =>
    [...managerProblems(rows, new Set(existing))].map(([rowNumber, { code, params }]) => [rowNumber, code, params?.["row"]].filter((part) => part !== undefined).join(" ")).sort();

  it("may work here already or stand anywhere in the file", () => {
    expect(found([row(2, "a", "b"), row(3, "b", "boss"), row(4, "c")], ["boss"])).toEqual([]);
  });

  it("who are nobody, or the person, are named", () => {
    expect(found([row(2, "a", "ghost"), row(3, "b", "b")])).toEqual(["2 people/manager-unknown", "3 people/manager-is-self"]);
  });

  it("who are refused take along everybody below, and nobody else", () => {
    expect(found([row(2, "a", "", false), row(3, "b", "a"), row(4, "c", "b"), row(5, "d")])).toEqual(["3 people/manager-refused 2", "4 people/manager-refused 3"]);
  });

  it("in a circle refuse the circle, and those who hang on it", () => {
    expect(found([row(2, "a", "c"), row(3, "b", "a"), row(4, "c", "b"), row(5, "d", "a")])).toEqual([
      "2 people/manager-in-cycle", "3 people/manager-in-cycle", "4 people/manager-in-cycle", "5 people/manager-refused 2",
    ]);
  });
});
