import { grantsOf } from "@atrium/kernel";
import type { Grants } from "@atrium/kernel";
import { comeIn, grantsOfCaller } from "./company.ts";
import type { Caller, MarkedCompany } from "./company.ts";
import { callProcedure, procedures } from "./doors.ts";
import type { Answer, Procedure } from "./doors.ts";
import { inputFor } from "./inputs.ts";

/** Every procedure that asks who calls, and those that do not. */
export const guarded = procedures.filter(({ permission }) => permission !== undefined);
export const open = procedures.filter(({ permission }) => permission === undefined);

export interface Call {
  readonly procedure: Procedure;
  readonly input: unknown;
  /** The call in one line. */
  readonly line: string;
}

/** Each procedure with every field filled that takes these ids, and once more with only those it cannot do without. */
export const callsWith = (ids: readonly string[], of = guarded): readonly Call[] =>
  of.flatMap((procedure) => {
    const inputs = [true, false].flatMap((isFull) => inputFor(procedure, { ids, isFull }) ?? []);
    const different = new Map(inputs.map(({ input }) => [input === undefined ? "" : JSON.stringify(input), input]));
    return [...different].map(([text, input]) => ({ procedure, input, line: `${procedure.path} ${text}` }));
  });

/** What a call was refused with before it came to the point: nothing was tried. */
const notTried = new Set([
  "session/missing", "session/ended", "session/step-up-required", "session/mfa-enrolment-required",
  "tenant_not_found", "tenant_mismatch", "tenant_suspended", "subscription_expired", "request/invalid", "request/not-found", "none",
]);

/** What somebody must not be told. */
export interface Foreign {
  readonly ids: readonly string[];
  readonly canaries: readonly string[];
}

/** Ids that callers have sent so far: those may come back, at once or later out of the audit trail. */
const sent = new Set<string>();

/** What an answer shows of somebody else that the caller did not know. */
export function shownBy(line: string, { bytes }: Pick<Answer, "bytes">, { ids, canaries }: Foreign): string[] {
  for (const id of ids) if (line.includes(id)) sent.add(id);
  return [...canaries, ...ids.filter((id) => !sent.has(id))].filter((text) => bytes.includes(text));
}

/** What is wrong with an answer, whoever asked. */
export function faultsOfAnswer(line: string, answer: Answer, foreign: Foreign): string[] {
  const { status, code } = answer;
  const faults = [
    ...shownBy(line, answer, foreign).map((text) => `shows ${text}`),
    ...(status >= 500 ? [`breaks with ${code ?? "nothing"}`] : []),
    ...(code !== undefined && notTried.has(code) ? [`was not tried: ${code}`] : []),
  ];
  return faults.map((fault) => `${line}: ${fault}`);
}

/** The same for a procedure, of which it is known whether it writes: with somebody else's id nothing may be done. */
export function faultsOf({ procedure, line }: Call, answer: Answer, foreign: Foreign): string[] {
  const isDone = procedure.type === "mutation" && answer.code === undefined && foreign.ids.some((id) => line.includes(id));
  return [...faultsOfAnswer(line, answer, foreign), ...(isDone ? [`${line}: was done`] : [])];
}

export const grantsOfOne = (caller: Caller): Grants => grantsOf([grantsOfCaller(caller)]);

/** What goes wrong when a caller of the one company calls every procedure with the other's ids. */
export async function faultsOfCrossing({ from, into, caller }: { readonly from: MarkedCompany; readonly into: MarkedCompany; readonly caller: Caller }): Promise<readonly string[]> {
  const faults: string[] = [];
  const grants = grantsOfOne(caller);
  for (const call of callsWith(into.ids)) {
    const { permission } = call.procedure;
    const answer = await callProcedure(call.procedure, call.input, { slug: from.tenant.slug, cookie: await comeIn(from, caller) });
    faults.push(...faultsOf(call, answer, into));
    const isGranted = permission !== undefined && grants[permission] !== undefined;
    if (isGranted === (answer.code === "permission/missing")) faults.push(`${call.line}: ${isGranted ? "is granted and refused" : "is not granted"}, and was answered with ${answer.code ?? "an answer"}`);
  }
  return faults;
}
