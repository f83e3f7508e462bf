import { drawLimits, oneLineOf } from "./limits-picture.ts";
import type { Scene } from "./limits-picture.ts";

/** Where a watch is drawn. */
export interface Screen {
  readonly isTerminal: boolean;
  readonly hasColour: boolean;
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly write: (text: string) => void;
}

// A screen of its own, so that what stood there before comes back; no cursor, and no line that wraps and shifts the rest.
const enter = "\u001B[?1049h\u001B[?25l\u001B[?7l";
const leave = "\u001B[?7h\u001B[?25h\u001B[?1049l";
const home = "\u001B[H";
const clearLine = "\u001B[K";
const clearBelow = "\u001B[J";

/**
 * Draws what `look` sees at every tick, in place on a terminal and line by line elsewhere, until the ticks end. However that
 * comes, the terminal is as it was before.
 */
export async function watch(look: () => Promise<Scene>, ticks: AsyncIterable<unknown>, screen: Screen): Promise<void> {
  if (screen.isTerminal) screen.write(enter);
  try {
    screen.write(frameOf(await look(), screen));
    for await (const _ of ticks) screen.write(frameOf(await look(), screen));
  } finally {
    if (screen.isTerminal) screen.write(leave);
  }
}

/** What is written for one moment. */
function frameOf(scene: Scene, { isTerminal, hasColour, size }: Screen): string {
  if (!isTerminal) return `${oneLineOf(scene)}\n`;
  const { columns, rows } = size();
  const lines = drawLimits(scene, { columns, hasColour });
  const footer = `${scene.now.toISOString().slice(11, 19)} UTC · Ctrl-C ends`.slice(0, columns);
  const drawn = [...lines.slice(0, Math.max(0, rows - 2)), "", footer].slice(-rows);
  return `${home}${drawn.map((line) => `${line}${clearLine}`).join("\r\n")}${clearBelow}`;
}
