/** What a finger walks along: each line of the keyboard, its columns, the alphabet, the digits. */
const lines = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
  "1q2w3e4r5t6y7u8i9o0p",
  "!@#$%^&*()_+",
];
const walks = [...lines, ...lines.map((line) => Array.from(line).toReversed().join(""))];

/** A walk shorter than this happens in any word. */
const shortestWalk = 4;
const longestPiece = 12;

/**
 * What a text says for the first time: of a piece that is repeated one copy stays, of a walk over the keyboard or along the
 * alphabet, and of a sign that stands three times and more, nothing.
 */
export function withoutRuns(text: string): string {
  return onceOnly(withoutWalks(text.replaceAll(/(.)\1{2,}/gsu, "")));
}

function withoutWalks(text: string): string {
  let rest = "";
  for (let at = 0; at < text.length; ) {
    const length = walkAt(text, at);
    if (length === 0) rest += text.charAt(at);
    at += Math.max(1, length);
  }
  return rest;
}

/** How long the walk is that begins here; 0 when there is none. */
function walkAt(text: string, start: number): number {
  let longest = 0;
  for (let length = shortestWalk; start + length <= text.length; length += 1) {
    const piece = text.slice(start, start + length);
    if (!walks.some((walk) => walk.includes(piece))) break;
    longest = length;
  }
  return longest;
}

/** Without the copies of a piece that follow it: `abc-abc-abc-` is `abc-`. */
function onceOnly(text: string): string {
  return text.replaceAll(new RegExp(`(.{2,${longestPiece}}?)\\1+`, "gsu"), "$1");
}
