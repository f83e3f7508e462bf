import { expect, it } from "vitest";
import { csvAnswer, stretches } from "./csv-answer.ts";

it("is one file of all stretches, marked once as UTF-8 for spreadsheets", async () => {
  const behind = new Map([["b", { lines: "2\r\n", next: "c" }], ["c", { lines: "ß\r\n", next: null }]]);
  const fetchNext = (after: string) => Promise.resolve(behind.get(after) ?? { lines: "lost", next: null });
  const answer = csvAnswer("people.csv", stretches({ lines: "1\r\n", next: "b" }, fetchNext));
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="people.csv"');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toBe("\uFEFF1\r\n2\r\nß\r\n");
});

it("stops fetching when the reader goes away", async () => {
  let fetched = 0;
  const fetchNext = () => Promise.resolve({ lines: `${String((fetched += 1))}\r\n`, next: "more" });
  const reader = csvAnswer("people.csv", stretches({ lines: "first\r\n", next: "more" }, fetchNext)).body?.getReader();
  for (let pieces = 0; pieces < 3; pieces += 1) await reader?.read();
  await reader?.cancel();
  const atCancel = fetched;
  await new Promise(setImmediate);
  expect(fetched).toBe(atCancel);
});
