import { z } from "zod";

/** The largest page a list gives out. */
export const maxPageSize = 200;

/** Keyset paging: `after` is the opaque cursor that the previous page ended with. */
export const pageRequestShape = {
  limit: z.number().int().min(1).max(maxPageSize).default(50),
  after: z.string().max(500).nullish(),
};

/**
 * Cuts a page out of the `limit + 1` rows that were asked for. The row too many says that there is a next page; its cursor
 * is made of what `sortValues` answers for the page's last row, and is null on the last page.
 */
export function pageOf<R>(rows: readonly R[], limit: number, sortValues: (last: R) => readonly (string | number)[]): { readonly page: R[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { page, next: last === undefined ? null : encodeCursor(sortValues(last)) };
}

/** Packs the sort values of a page's last row into an opaque cursor. */
export function encodeCursor(values: readonly (string | number)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(values));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const cursorSchema = z.array(z.union([z.string(), z.number()])).max(8);

/** Reads a cursor; undefined when it was not made by `encodeCursor`, which a list treats as "from the start". */
export function decodeCursor(cursor: string): (string | number)[] | undefined {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    return cursorSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}
