import { dictionary } from "@zxcvbn-ts/language-common";

let words: ReadonlySet<string> | undefined;
/** Whether this, in lower case, is among some 49,000 passwords of known breaches. The list is made ready at the first question. */
export const isBreached = (text: string): boolean => (words ??= new Set(dictionary["passwords-common"])).has(text);
