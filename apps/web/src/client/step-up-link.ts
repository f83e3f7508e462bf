"use client";

import { refusedProof } from "./refusals.ts";
import { repeatingLink } from "./repeating-link.ts";

/** Where a procedure wants a fresh proof of who the person is: waits for it, and calls once more. */
export const stepUpLink = repeatingLink((error, _op, tries) => (tries === 1 ? refusedProof(error) : Promise.resolve(error)));
