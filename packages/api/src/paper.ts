/*
 * Documents to keep, as PDF. Sizes and places are in points, on A4. The words of a document are the company's or the seller's
 * own and stand where it is drawn, not in a reader's language.
 */
import PDFDocument from "pdfkit";
import { allFaces, facesFor, runsOf } from "./paper-fonts.ts";

export type Pdf = PDFKit.PDFDocument;

export const page = { left: 48, right: 547, width: 499, gap: 24, top: 48, foot: 770 };
export const ink = { text: "#171a21", soft: "#4b5262", line: "#d5d9e0", ground: "#f4f5f8" };

/** An empty document. It may be opened again in ten years, so it carries its fonts and says what it is. `bytes` ends it. */
export function openPaper({ title, author }: { readonly title: string; readonly author: string }): { readonly pdf: Pdf; readonly bytes: () => Promise<Uint8Array<ArrayBuffer>> } {
  const pdf = new PDFDocument({ size: "A4", margin: page.left, bufferPages: true, lang: "en-IN", info: { Title: title, Author: author } });
  for (const { name, file } of allFaces) pdf.registerFont(name, file);
  const parts: Uint8Array[] = [];
  const ended = new Promise<void>((done, failed) => {
    pdf.on("data", (part: Uint8Array) => parts.push(part));
    pdf.on("end", done);
    pdf.on("error", failed);
  });
  const bytes = async (): Promise<Uint8Array<ArrayBuffer>> => {
    pdf.end();
    await ended;
    return Buffer.concat(parts);
  };
  return { pdf, bytes };
}

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size?: number;
  readonly font?: "regular" | "strong";
  readonly color?: string;
  readonly align?: "left" | "right";
}

/**
 * Writes one piece of text and answers where it ends. What stands on the right is figures: they keep one width and line up. What
 * people have written stands on the left, where letters that one font lacks can go on in another, all on the line of the first.
 */
export function write(pdf: Pdf, text: string, { x, y, width, size = 9, font = "regular", color = ink.text, align = "left" }: Placed): number {
  const faces = facesFor(font);
  const runs = runsOf(text, faces);
  const placed: PDFKit.Mixins.TextOptions = { width, align, baseline: -faces[0].ascent() * size, features: align === "right" ? ["tnum"] : ["kern"] };
  pdf.fontSize(size).fillColor(color);
  pdf.x = x;
  pdf.y = y;
  for (const [index, run] of runs.entries()) pdf.font(run.font).text(run.text, { ...placed, continued: index < runs.length - 1 });
  return pdf.y;
}

/** How high a text will be, by the font that most of it is in. */
export function heightOf(pdf: Pdf, text: string, { width, size = 9, font = "regular" }: Pick<Placed, "width" | "size" | "font">): number {
  return pdf.font(font).fontSize(size).heightOfString(text, { width });
}

export function rule(pdf: Pdf, y: number, x = page.left, width = page.width): void {
  pdf.moveTo(x, y).lineTo(x + width, y).lineWidth(0.75).strokeColor(ink.line).stroke();
}
