"use client";

import { useMemo, useState } from "react";

/** What was typed for one person and not saved yet. */
export interface Draft {
  readonly text: string;
  /** Undefined while the text is no number of half days. */
  readonly halfDays: number | undefined;
  readonly name: string;
}

export interface Drafts {
  readonly entries: ReadonlyMap<string, Draft>;
  /** Keeps what was typed; the same as what is saved is no draft. */
  readonly set: (person: { readonly employeeId: string; readonly name: string; readonly lossOfPayHalfDays: number }, text: string) => void;
  readonly clear: () => void;
}

const mostHalfDays = 62;

/** `1.5` days are 3 half days; undefined for anything that is not half a day or a multiple of it. */
function halfDaysFrom(text: string): number | undefined {
  const halfDays = Number(text.trim().replace(",", ".")) * 2;
  return Number.isInteger(halfDays) && halfDays >= 0 && halfDays <= mostHalfDays ? halfDays : undefined;
}

/** Days typed into the table, kept by person until they are saved or thrown away. */
export function useDrafts(): Drafts {
  const [entries, setEntries] = useState<ReadonlyMap<string, Draft>>(new Map());
  return useMemo(
    () => ({
      entries,
      set: ({ employeeId, name, lossOfPayHalfDays }, text) =>
        setEntries((before) => {
          const next = new Map(before);
          const halfDays = halfDaysFrom(text);
          if (halfDays === lossOfPayHalfDays) next.delete(employeeId);
          else next.set(employeeId, { text, halfDays, name });
          return next;
        }),
      clear: () => setEntries(new Map()),
    }),
    [entries],
  );
}
