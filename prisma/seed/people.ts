/*
 * Invented people. The same number gives the same company every time, so that a screenshot, a test and a colleague speak of
 * the same Asha Rao. Nobody here exists; every identifier is valid in form and plainly not real.
 */

import { withCheckDigit } from "@atrium/people/testing";

const givenNames = [
  "Aarav", "Aditi", "Ajay", "Akash", "Amrita", "Ananya", "Anil", "Anjali", "Arjun", "Asha", "Bhavana", "Chitra", "Deepak", "Devika", "Dhruv",
  "Esha", "Farhan", "Gauri", "Harish", "Imran", "Indira", "Ishaan", "Jaya", "Karan", "Kavita", "Kiran", "Lakshmi", "Leela", "Manish", "Meera",
  "Mohan", "Nadia", "Nandini", "Naveen", "Neha", "Nikhil", "Omkar", "Padma", "Pooja", "Pranav", "Priya", "Rahul", "Rajesh", "Rekha", "Ritu",
  "Rohan", "Sahil", "Sandhya", "Sanjay", "Shreya", "Siddharth", "Sneha", "Suresh", "Tanvi", "Uma", "Varun", "Vidya", "Vikram", "Yamini", "Zoya",
];
const familyNames = [
  "Acharya", "Banerjee", "Bhat", "Bose", "Chatterjee", "Chavan", "Das", "Deshmukh", "Dutta", "Fernandes", "Gaikwad", "Ghosh", "Gowda", "Gupta",
  "Hegde", "Iyer", "Jadhav", "Joshi", "Kamath", "Kapoor", "Khan", "Kulkarni", "Kumar", "Menon", "Mukherjee", "Naidu", "Nair", "Patil", "Prasad",
  "Rao", "Reddy", "Roy", "Sen", "Shaikh", "Sharma", "Shetty", "Shinde", "Singh", "Thakur", "Verma",
];

/** A small seeded generator (mulberry32): the same seed gives the same numbers on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(random: () => number, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new RangeError("There is nothing to pick from.");
  return found;
}

/** The nth person of a company: unique within it for the first 2,400, numbered after that. */
export function personName(n: number): string {
  const given = givenNames[n % givenNames.length] ?? "";
  const round = Math.floor(n / givenNames.length);
  const family = familyNames[(n * 7 + round * 11) % familyNames.length] ?? "";
  const again = Math.floor(n / (givenNames.length * familyNames.length));
  return again === 0 ? `${given} ${family}` : `${given} ${family} ${again + 1}`;
}

/** `AAAPA0001A`: three letters, P for a person, a letter, four digits, a letter. */
export function fakePan(n: number): string {
  const letter = (value: number): string => String.fromCharCode(65 + (value % 26));
  const block = Math.floor(n / 10_000);
  return `AA${letter(block)}P${letter(Math.floor(block / 26))}${String(n % 10_000).padStart(4, "0")}A`;
}

export const fakeUan = (n: number): string => `1000${String(n).padStart(8, "0")}`;
/** `9999…`: the numbers that the authority itself tests with, which nobody is given. */
export const fakeAadhaar = (n: number): string => withCheckDigit(`9999${String(n).padStart(7, "0")}`);
export const fakeAccount = (n: number): string => `0000${String(n).padStart(8, "0")}`;
/** No bank has this code: it stands for the Atrium bank of nowhere. */
export const fakeIfsc = "ATRM0000001";
