import { isPlainDate, oneLine } from "@atrium/kernel";
import type { PlainDate } from "@atrium/kernel";
import { contradictions, maskNumber, maskPan } from "../employee/rules.ts";
import { cellSchemas, importColumns, isSensitiveColumn } from "./contract.ts";
import type { ImportColumn, ImportHeaders, RowCells, RowProblem } from "./contract.ts";

/* HEADER */

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

export function isImportColumn(text: string): text is ImportColumn {
  return Object.hasOwn(importColumns, text);
}

/** The columns in the sample's order. */
export const columnNames: readonly ImportColumn[] = Object.keys(importColumns).filter(isImportColumn);

const columnByName = new Map(
  columnNames.flatMap((column) => [column, importColumns[column].header, ...importColumns[column].aliases].map((name) => [bare(name), column] as const)),
);

export interface HeaderReading extends ImportHeaders {
  /** The column that each cell of a row belongs to; undefined for one that is left out. */
  readonly columns: readonly (ImportColumn | undefined)[];
  /** Headers of the required columns that are not there. */
  readonly missing: readonly string[];
  /** A column that stands there twice. */
  readonly twice: string | undefined;
}

/** Understands a header line whatever its case, spaces and punctuation. */
export function readHeader(cells: readonly string[]): HeaderReading {
  const columns = cells.map((cell) => columnByName.get(bare(cell)));
  return {
    columns,
    known: cells.flatMap((header, i) => (columns[i] ? [{ header, column: columns[i] }] : [])),
    unknown: cells.filter((header, i) => header !== "" && !columns[i]),
    missing: columnNames.filter((column) => importColumns[column].isRequired && !columns.includes(column)).map((column) => importColumns[column].header),
    twice: cells.find((_, i) => columns[i] !== undefined && columns.indexOf(columns[i]) !== i),
  };
}

/* ONE ROW */

/** What one row says, read: dates as days, codes as they are kept. What was wrong is null here and named in the problems. */
export interface Joiner {
  readonly code: string;
  readonly fullName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly gender: "female" | "male" | "other" | "undisclosed";
  readonly dateOfBirth: PlainDate | null;
  readonly joinedOn: PlainDate;
  readonly designation: string | null;
  readonly department: string;
  readonly location: string;
  readonly managerCode: string | null;
  readonly pan: string | null;
  readonly uan: string | null;
  readonly aadhaar: string | null;
  readonly bankAccount: string | null;
  readonly bankIfsc: string | null;
}

const genderWords: Readonly<Record<string, Joiner["gender"]>> = {
  "": "undisclosed", f: "female", female: "female", woman: "female", m: "male", male: "male", man: "male", o: "other", other: "other",
  transgender: "other", nonbinary: "other", undisclosed: "undisclosed", notstated: "undisclosed", prefernottosay: "undisclosed",
};

const maxLengths = { fullName: 200, designation: 120, department: 120, location: 120 } as const;

/** `2026-11-20`, `20/11/2026` or `20-11-2026`; undefined for anything else and for a day that no calendar has. */
export function readDate(text: string): PlainDate | undefined {
  const indian = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/.exec(text);
  const day = indian ? `${indian[4] ?? ""}-${(indian[3] ?? "").padStart(2, "0")}-${(indian[1] ?? "").padStart(2, "0")}` : text;
  return isPlainDate(day) ? day : undefined;
}

/** Reads a row's cells and says everything that is wrong in them alone. */
export function readJoiner(cells: RowCells): { readonly joiner: Joiner; readonly problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const cell = (column: ImportColumn): string => cells[column] ?? "";
  const checked = (column: keyof typeof cellSchemas): string | null => {
    if (cell(column) === "" && column !== "code") return null;
    const read = cellSchemas[column].safeParse(cell(column));
    if (read.success) return read.data;
    problems.push({ column, code: read.error.issues[0]?.message ?? "people/required", params: { value: isSensitiveColumn(column) ? maskCell(cell(column)) : cell(column) } });
    return null;
  };
  const text = (column: keyof typeof maxLengths): string => {
    const max = maxLengths[column];
    const line = oneLine(cell(column));
    if (line === "" && importColumns[column].isRequired) problems.push({ column, code: "people/required" });
    if (line.length > max) problems.push({ column, code: "people/too-long", params: { max } });
    return line;
  };
  const date = (column: "dateOfBirth" | "joinedOn"): PlainDate | null => {
    const read = readDate(cell(column));
    if (cell(column) === "" && importColumns[column].isRequired) problems.push({ column, code: "people/required" });
    else if (cell(column) !== "" && read === undefined) problems.push({ column, code: "people/date-invalid", params: { value: cell(column) } });
    return read ?? null;
  };
  const gender = genderWords[bare(cell("gender"))];
  if (gender === undefined) problems.push({ column: "gender", code: "people/gender-unknown", params: { value: cell("gender") } });
  const code = checked("code") ?? "";
  const fullName = text("fullName");
  const joinedOn = date("joinedOn");
  const joiner: Joiner = {
    code, fullName, gender: gender ?? "undisclosed", joinedOn: joinedOn ?? "",
    email: checked("email"), phone: checked("phone"), dateOfBirth: date("dateOfBirth"), designation: text("designation") || null,
    department: text("department"), location: text("location"), managerCode: cell("managerCode") || null,
    pan: checked("pan"), uan: checked("uan"), aadhaar: checked("aadhaar"), bankAccount: checked("bankAccount"), bankIfsc: checked("bankIfsc"),
  };
  return { joiner, problems: [...problems, ...contradictionsOf(joiner, cells, joinedOn !== null)] };
}

function contradictionsOf(joiner: Joiner, cells: RowCells, hasJoinedOn: boolean): RowProblem[] {
  const isGiven = (column: ImportColumn): boolean => (cells[column] ?? "") !== "";
  // A wrong account is already named; that it is then missing beside its IFSC would be noise.
  const isBankTold = isGiven("bankAccount") === isGiven("bankIfsc");
  return contradictions({ ...joiner, leftOn: null })
    .filter(({ field }) => (field.startsWith("bank") ? !isBankTold : hasJoinedOn))
    .map(({ field, code, params }) => ({ column: field, code, ...(params && { params: { ...params } }) }));
}

/* WHAT MAY BE SEEN OF A ROW */

/** The mask of a cell, whatever somebody may have written into it. */
export function maskCell(text: string): string {
  if (/^[A-Z]{5}[0-9]{4}[A-Z]$/i.test(text)) return maskPan(text.toUpperCase());
  // Of a short text its end would be most of it.
  return text.length > 8 ? maskNumber(text) : maskNumber("").padEnd(12, "X");
}

/** Letters and digits as a PAN has them, or as many digits as an account. */
const looksSensitive = (text: string): boolean => /[A-Z]{5}[0-9]{4}[A-Z]|(?:[0-9][ -]?){9}/i.test(text);

/** Parts the cells. In a row of too many or too few nothing stands where it should, so there any cell may be what is not to be seen. */
export function partCells(cells: RowCells, isRagged: boolean): { readonly shown: RowCells; readonly hidden: RowCells } {
  const hidden = Object.fromEntries(Object.entries(cells).filter(([column, text]) => text !== "" && (isSensitiveColumn(column) || (isRagged && looksSensitive(text)))));
  const masked = Object.fromEntries(Object.entries(hidden).map(([column, text]) => [column, maskCell(text)]));
  return { shown: { ...cells, ...masked }, hidden };
}

/* ROWS AMONG EACH OTHER */

/** What two people cannot have in common. */
export type Claims = Pick<Joiner, "code" | "pan" | "aadhaar">;

/** Finds the second of two rows that claim the same code, PAN or Aadhaar. It remembers what went by, so it is asked in file order. */
export function duplicateFinder(): (rowNumber: number, joiner: Claims) => RowProblem[] {
  const codes = new Map<string, number>();
  const pans = new Map<string, number>();
  const aadhaars = new Map<string, number>();
  const claim = (taken: Map<string, number>, key: string, rowNumber: number): number | undefined => {
    const first = taken.get(key);
    if (first === undefined) taken.set(key, rowNumber);
    return first;
  };
  return (rowNumber, { code, pan, aadhaar }) => {
    const codeRow = code === "" ? undefined : claim(codes, code.toLowerCase(), rowNumber);
    const panRow = pan === null ? undefined : claim(pans, pan, rowNumber);
    const aadhaarRow = aadhaar === null ? undefined : claim(aadhaars, aadhaar, rowNumber);
    return [
      ...(codeRow === undefined ? [] : [{ column: "code", code: "people/code-twice", params: { row: codeRow } }]),
      ...(panRow === undefined ? [] : [{ column: "pan", code: "people/pan-twice", params: { row: panRow } }]),
      ...(aadhaarRow === undefined ? [] : [{ column: "aadhaar", code: "people/aadhaar-twice", params: { row: aadhaarRow } }]),
    ];
  };
}

export interface RowLine {
  readonly rowNumber: number;
  readonly isGood: boolean;
  /** Lower case, as codes are compared. */
  readonly code: string;
  readonly managerCode: string;
}

/**
 * What is wrong with the managers that rows name, by row: nobody has the code, it is the person's own, the manager's own
 * row is refused, or the line runs in a circle. A row refused for its manager takes those below it along.
 */
export function managerProblems(rows: readonly RowLine[], existingCodes: ReadonlySet<string>): Map<number, RowProblem> {
  const byCode = new Map<string, RowLine>();
  for (const row of rows) if (row.code !== "" && !byCode.has(row.code)) byCode.set(row.code, row);
  const problems = new Map<number, RowProblem>();
  const above = (row: RowLine): RowLine | undefined => (row.managerCode === "" || existingCodes.has(row.managerCode) ? undefined : byCode.get(row.managerCode));
  const refuse = (row: RowLine, code: string, params: Record<string, string | number>) => problems.set(row.rowNumber, { column: "managerCode", code, params });
  for (const row of rows) {
    if (!row.isGood || row.managerCode === "" || existingCodes.has(row.managerCode)) continue;
    if (row.managerCode === row.code) refuse(row, "people/manager-is-self", {});
    else if (!byCode.has(row.managerCode)) refuse(row, "people/manager-unknown", { value: row.managerCode });
  }
  for (const row of onCircles(rows, above)) if (row.isGood && !problems.has(row.rowNumber)) refuse(row, "people/manager-in-cycle", {});
  const below = Map.groupBy(rows, (row) => above(row)?.rowNumber);
  const refused = rows.filter((row) => !row.isGood || problems.has(row.rowNumber));
  for (let at = refused.pop(); at; at = refused.pop()) {
    for (const row of below.get(at.rowNumber) ?? []) {
      if (!row.isGood || problems.has(row.rowNumber)) continue;
      refuse(row, "people/manager-refused", { row: at.rowNumber });
      refused.push(row);
    }
  }
  return problems;
}

/** The rows whose line leads back to themselves. */
function onCircles(rows: readonly RowLine[], above: (row: RowLine) => RowLine | undefined): ReadonlySet<RowLine> {
  const walkOf = new Map<RowLine, RowLine>();
  const found = new Set<RowLine>();
  for (const start of rows) {
    let at: RowLine | undefined = start;
    while (at && !walkOf.has(at)) {
      walkOf.set(at, start);
      at = above(at);
    }
    // The walk met its own trail: from here round to here again is a circle.
    if (!at || walkOf.get(at) !== start) continue;
    for (let on: RowLine | undefined = at; on && !found.has(on); on = above(on)) found.add(on);
  }
  return found;
}
