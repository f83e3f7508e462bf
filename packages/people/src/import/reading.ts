import { Readable, pipeline } from "node:stream";
import { refusal } from "@atrium/kernel";
import { CsvError, parse } from "csv-parse";
import { z } from "zod";
import { importErrors } from "./contract.ts";
import type { ImportHeaders, RowCells, RowProblem } from "./contract.ts";
import { readHeader } from "./rules.ts";
import type { HeaderReading } from "./rules.ts";

/* A file as it streams by: bytes, text, records, rows. Nothing holds more than a piece of it. */

export interface FileRow {
  /** As a spreadsheet counts, the header being row 1. */
  readonly rowNumber: number;
  readonly cells: RowCells;
  readonly problems: readonly RowProblem[];
}

export interface OpenedFile {
  readonly headers: ImportHeaders;
  readonly rows: AsyncIterable<FileRow>;
}

const recordSchema = z.array(z.string());
/** How many records the parser had finished. */
const csvErrorSchema = z.object({ records: z.number() });
const isEmpty = (record: readonly string[]): boolean => record.every((cell) => cell === "");

/**
 * Reads the header and answers the rows behind it. Throws `people/import-empty`, `-not-csv`, `-not-utf8`,
 * `-quotes-broken`, `-columns-missing` and `-column-twice`, now or while the rows are read.
 */
export async function openRows(file: Readable): Promise<OpenedFile> {
  const records = readRecords(file);
  try {
    return await behindHeader(records);
  } catch (refused) {
    // Nobody reads a refused file on to its end, which would close it.
    await records.return();
    throw refused;
  }
}

async function behindHeader(records: AsyncGenerator<string[], void>): Promise<OpenedFile> {
  let rowNumber = 0;
  for (;;) {
    const { done, value } = await records.next();
    if (done) throw refusal(importErrors, "people/import-empty");
    rowNumber += 1;
    if (isEmpty(value)) continue;
    const header = understood(value);
    return { headers: { known: header.known, unknown: header.unknown }, rows: rowsBehind(records, header, rowNumber) };
  }
}

function understood(cells: readonly string[]): HeaderReading {
  const header = readHeader(cells);
  const { missing, twice } = header;
  if (twice !== undefined) throw refusal(importErrors, "people/import-column-twice", { params: { column: twice } });
  if (missing.length > 0) throw refusal(importErrors, "people/import-columns-missing", { params: { columns: missing.join(", "), count: missing.length } });
  return header;
}

async function* rowsBehind(records: AsyncIterable<string[]>, { columns }: HeaderReading, headerRow: number): AsyncGenerator<FileRow> {
  let rowNumber = headerRow;
  for await (const record of records) {
    rowNumber += 1;
    if (isEmpty(record)) continue;
    const cells = Object.fromEntries(columns.flatMap((column, i) => (column ? [[column, unguarded(record[i] ?? "")]] : [])));
    // A line that says something in columns we leave out alone, such as a note of our own downloads, is no row.
    if (isEmpty(Object.values(cells))) continue;
    const isRagged = record.length !== columns.length;
    const problems = isRagged ? [{ code: "people/row-ragged", params: { expected: columns.length, found: record.length } }] : [];
    yield { rowNumber, cells, problems };
  }
}

/** Takes away the apostrophe with which our own downloads keep a spreadsheet from reading a value as a formula. */
const unguarded = (cell: string): string => cell.replace(/^'(?=[=+@-])/, "");

async function* readRecords(file: Readable): AsyncGenerator<string[], void> {
  const text = decode(file);
  const first = await text.next();
  const start = first.done ? "" : first.value;
  const parser = parse({ delimiter: delimiterOf(start), relax_column_count: true, trim: true, max_record_size: 64 * 1024 });
  // An error of the source reaches the loop below through the parser.
  pipeline(Readable.from(chain(start, text)), parser, () => undefined);
  try {
    for await (const record of parser) yield recordSchema.parse(record);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The row is told rather than the line: an open quote runs on to the end of the file.
    const { records } = csvErrorSchema.parse(error);
    throw refusal(importErrors, "people/import-quotes-broken", { params: { row: records + 1 }, cause: error });
  }
}

async function* chain(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}

/** The comma, or what a spreadsheet in another language writes instead. */
function delimiterOf(start: string): string {
  const line = /^[^\r\n]*/.exec(start.trimStart())?.[0] ?? "";
  const count = (mark: string) => line.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** Bytes to text. Only UTF-8 is read, with or without its mark: a guess at another encoding would spoil names silently. */
async function* decode(file: Readable): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let isFirst = true;
  for await (const piece of file) {
    const bytes = bytesOf(piece);
    if (isFirst) refuseOtherKinds(bytes);
    isFirst = false;
    // Valid UTF-8, and yet nothing that a file of text holds or the database could keep.
    if (bytes.includes(0)) throw refusal(importErrors, "people/import-not-csv");
    const text = decodeOr(decoder, bytes, (before) => refusal(importErrors, "people/import-not-utf8", { params: { line: line + before } }));
    line += newlines(text);
    yield text;
  }
  yield decodeOr(decoder, undefined, () => refusal(importErrors, "people/import-not-utf8", { params: { line } }));
}

function decodeOr(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array | undefined, fault: (linesBefore: number) => Error): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    const loose = new TextDecoder().decode(bytes);
    throw fault(newlines(loose.slice(0, loose.indexOf("\uFFFD"))));
  }
}

const newlines = (text: string): number => text.split("\n").length - 1;

function bytesOf(piece: unknown): Uint8Array {
  if (piece instanceof Uint8Array) return piece;
  return new TextEncoder().encode(String(piece));
}

/** A workbook is a zip archive; UTF-16 begins with its own mark. */
function refuseOtherKinds(bytes: Uint8Array): void {
  const begins = (...marks: number[]): boolean => marks.every((mark, i) => bytes[i] === mark);
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) throw refusal(importErrors, "people/import-not-utf8", { params: { line: 1 } });
  if (begins(0x50, 0x4b, 0x03, 0x04)) throw refusal(importErrors, "people/import-not-csv");
}
