import { expect, it } from "vitest";
import { refusedFor } from "./rules.ts";

const kavya = { memberId: "mem_1", name: "Kavya Nair" };
const names = new Map([
  ["mem_1", kavya],
  ["ses_1", kavya],
  ["mem_2", { memberId: "mem_2", name: "Arjun Rao" }],
]);

it("what was refused stands under the member's name, most first", () => {
  const noted = [
    { bucket: "user", userId: "mem_1", count: 3 },
    { bucket: "minute", userId: "mem_2", count: 9 },
    { bucket: "minute", userId: "mem_1", count: 3 },
  ];
  expect(refusedFor(noted, names)).toEqual([
    { memberId: "mem_2", name: "Arjun Rao", bucket: "minute", count: 9 },
    { memberId: "mem_1", name: "Kavya Nair", bucket: "user", count: 3 },
    { memberId: "mem_1", name: "Kavya Nair", bucket: "minute", count: 3 },
  ]);
});

it("a member's sessions count as one person", () => {
  const noted = ["mem_1", "ses_1"].map((userId) => ({ bucket: "minute", userId, count: 2 }));
  expect(refusedFor(noted, names)).toEqual([{ ...kavya, bucket: "minute", count: 4 }]);
});

it("whoever is no member any more is counted together, and never shown by their id", () => {
  const noted = ["mem_8", "mem_9", "mem_9"].map((userId) => ({ bucket: "minute", userId, count: 2 }));
  expect(refusedFor(noted, names)).toEqual([{ memberId: null, name: null, bucket: "minute", count: 6 }]);
});

it("a bucket that is no company's is left out, and so is a count of nothing", () => {
  expect(refusedFor([{ bucket: "address", userId: "mem_1", count: 4 }, { bucket: "minute", userId: "mem_1", count: 0 }], names)).toEqual([]);
});

it("the list has an end", () => {
  const many = Array.from({ length: 200 }, (_, place) => `mem_${String(place)}`);
  const noted = many.map((userId, place) => ({ bucket: "user", userId, count: place + 1 }));
  const lines = refusedFor(noted, new Map(many.map((memberId) => [memberId, { memberId, name: memberId }])));
  expect([lines.length, lines[0]?.count]).toEqual([50, 200]);
});
