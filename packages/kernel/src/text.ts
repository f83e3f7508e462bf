/**
 * A text as one line keeps it: breaks and control characters are blanks, signs that turn the rest of a line round are gone,
 * and a text in which nothing can be seen is empty. The joiners of Indian scripts stay.
 */
export function oneLine(text: string): string {
  if (!/[^\p{C}\p{Z}]/u.test(text)) return "";
  return text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, "").replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}

/** A text in which `%`, `_` and `\` mean themselves to SQL's LIKE. */
export const literalInLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** What finds a text anywhere with SQL's LIKE. */
export const anywhereInLike = (text: string): string => `%${literalInLike(text)}%`;
