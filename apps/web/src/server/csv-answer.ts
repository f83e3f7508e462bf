/** What a file begins with, so that a spreadsheet reads it as UTF-8. */
const byteOrderMark = "\uFEFF";

/** A CSV file for the browser's downloads. Each piece is made when the one before it has been taken. */
export function csvAnswer(fileName: string, pieces: AsyncGenerator<string, void>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(encoder.encode(byteOrderMark)),
    pull: async (controller) => {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await pieces.return();
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${fileName}"`, "cache-control": "no-store" },
  });
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
