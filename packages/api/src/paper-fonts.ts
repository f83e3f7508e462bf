import { openSync } from "fontkit";
import type { Font } from "fontkit";

export interface Face {
  readonly name: string;
  readonly file: string;
  /** How far its letters rise above the line they stand on, as a share of their size. */
  readonly ascent: () => number;
  /** Whether it has the glyphs of a text, spaces and joiners aside. */
  readonly has: (text: string) => boolean;
  /** Whether its glyphs can be put together: fontkit throws at some letters of some fonts, and the document is owed all the same. */
  readonly joins: (text: string) => boolean;
}

export type Faces = readonly [main: Face, ...fallbacks: Face[]];

/** Consecutive letters that one font draws. */
export interface Run {
  readonly font: string;
  readonly text: string;
}

// Imported, the module would be taken over by a bundler, which knows no fonts; asked for like this, Node finds the files.
const { resolve } = process.getBuiltinModule("node:module").createRequire(import.meta.url);

// Inter has the rupee sign and figures of equal width.
const regular = face("regular", resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"));
const strong = face("strong", resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"));

/** What Inter lacks: the scripts in which a name or a company is likely to be written in India. */
const fallbacks = [
  face("devanagari", resolve("@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf")),
  face("kannada", resolve("@expo-google-fonts/noto-sans-kannada/400Regular/NotoSansKannada_400Regular.ttf")),
  face("tamil", resolve("@expo-google-fonts/noto-sans-tamil/400Regular/NotoSansTamil_400Regular.ttf")),
  // These two are Hind: fontkit cannot place the signs of Noto's Telugu conjuncts, and Noto's Bengali is heavier to install.
  face("telugu", resolve("@expo-google-fonts/hind-guntur/400Regular/HindGuntur_400Regular.ttf")),
  face("bengali", resolve("@expo-google-fonts/hind-siliguri/400Regular/HindSiliguri_400Regular.ttf")),
];

/** Every font a document may need; it carries only those that it draws with. */
export const allFaces: readonly Face[] = [regular, strong, ...fallbacks];

/** The fonts to try for a text, the wanted one first. */
export const facesFor = (weight: "regular" | "strong"): Faces => [weight === "regular" ? regular : strong, ...fallbacks];

/** What stands for a letter that no font has: nothing at all would look like a name left out. */
const missing = "□";
const letters = new Intl.Segmenter("en", { granularity: "grapheme" });
const invisible = /^[\s\p{Default_Ignorable_Code_Point}]$/u;
const space = /^\s+$/u;

/**
 * Splits a text into runs, each with the first font that can draw all of its letters. A letter is what a reader takes for one,
 * so that vowel signs stay with their consonant, and an emoji of several parts becomes one box. A space stays with the word
 * before it. A text that the first font has, and be it an empty one, is one run.
 */
export function runsOf(text: string, faces: Faces): Run[] {
  const main = faces[0].name;
  if (faces[0].has(text)) return [{ font: main, text }];
  const runs: Run[] = [];
  for (const { segment } of letters.segment(text)) {
    const last = runs.at(-1);
    const able = faces.find((face) => face.has(segment) && face.joins(segment));
    const run = space.test(segment) && last ? { font: last.font, text: segment } : { font: able?.name ?? main, text: able ? segment : missing };
    if (last?.font === run.font) runs.splice(-1, 1, { font: run.font, text: last.text + run.text });
    else runs.push(run);
  }
  return runs;
}

/** The file is read when the first letter asks for it, and once: most documents need none but Inter. */
function face(name: string, file: string): Face {
  let opened: Font | undefined;
  const font = (): Font => (opened ??= open(file));
  return {
    name,
    file,
    ascent: () => font().ascent / font().unitsPerEm,
    has: (text) => Array.from(text).every((char) => invisible.test(char) || font().hasGlyphForCodePoint(char.codePointAt(0) ?? 0)),
    joins: (text) => {
      try {
        font().layout(text);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function open(file: string): Font {
  const font = openSync(file);
  if ("fonts" in font) throw new Error(`${file} holds several fonts, and a text is drawn with one.`);
  return font;
}
