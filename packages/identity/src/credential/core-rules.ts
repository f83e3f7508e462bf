/** Whether a text in lower case was somebody's password and became known. */
export type IsBreached = (text: string) => boolean;

/** Shorter ones occur by chance in any sentence. */
const shortest = 4;
const longest = 30;

/** Signs that stand for letters. `1` and `!` stand for two. */
const disguises: Readonly<Record<string, string>> = { "@": "a", "4": "a", "3": "e", "0": "o", "$": "s", "5": "s", "7": "t", "9": "g" };
const undisguised = (text: string, one: string): string => text.replaceAll(/[@430$579]/g, (sign) => disguises[sign] ?? sign).replaceAll(/[1!]/g, one);

/** The longest part of a text in lower case that was somebody's breached password, as it stands there; "" when there is none. */
export function breachedCore(text: string, isBreached: IsBreached): string {
  const readings = [text, undisguised(text, "i"), undisguised(text, "l")];
  for (let length = Math.min(longest, text.length); length >= shortest; length -= 1) {
    for (let start = 0; start + length <= text.length; start += 1) {
      const isListed = readings.some((reading) => isBreached(reading.slice(start, start + length)));
      if (isListed) return text.slice(start, start + length);
    }
  }
  return "";
}
