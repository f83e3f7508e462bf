import { bytesAnswer } from "./bytes-answer.ts";

/** What a file begins with, so that a spreadsheet reads it as UTF-8. */
const byteOrderMark = "\uFEFF";

/** A CSV file for the browser's downloads. Each piece is made when the one before it has been taken. */
export function csvAnswer(fileName: string, pieces: AsyncGenerator<string, void>): Response {
  return bytesAnswer({ fileName, type: "text/csv; charset=utf-8" }, encoded(pieces));
}

async function* encoded(pieces: AsyncGenerator<string, void>): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  yield encoder.encode(byteOrderMark);
  for await (const piece of pieces) yield encoder.encode(piece);
}

/** Some lines of a long file; `next` leads to those behind them. */
interface Stretch {
  readonly lines: string;
  readonly next: string | null;
}

/** The lines of one stretch after the other, each fetched when the one before it has been taken. */
export async function* stretches(first: Stretch, fetchNext: (after: string) => Promise<Stretch>): AsyncGenerator<string, void> {
  yield first.lines;
  for (let { next } = first; next !== null; ) {
    const stretch = await fetchNext(next);
    yield stretch.lines;
    next = stretch.next;
  }
}
