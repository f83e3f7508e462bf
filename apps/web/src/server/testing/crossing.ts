import { grantsOf } from "@atrium/kernel";
import type { Grants } from "@atrium/kernel";
import { comeIn, grantsOfCaller } from "./company.ts";
import type { Caller, MarkedCompany } from "./company.ts";
import { callProcedure, procedures } from "./doors.ts";
import type { Answer, Procedure } from "./doors.ts";
import { inputFor } from "./inputs.ts";

/** Every procedure that asks who calls. */
export const guarded = procedures.filter(({ permission }) => permission !== undefined);

export interface Call {
  readonly procedure: Procedure;
  readonly input: unknown;
  /** The call in one line. */
  readonly line: string;
}

/** Each procedure with every field filled that takes these ids, and once more with only those it cannot do without. */
export const callsWith = (ids: readonly string[]): readonly Call[] =>
  guarded.flatMap((procedure) => {
    const inputs = [true, false].flatMap((isFull) => inputFor(procedure, { ids, isFull }) ?? []);
    const different = new Map(inputs.map(({ input }) => [input === undefined ? "" : JSON.stringify(input), input]));
    return [...different].map(([text, input]) => ({ procedure, input, line: `${procedure.path} ${text}` }));
  });

/** What a call was refused with before it came to the point: nothing was tried. */
const notTried = new Set([
  "session/missing", "session/ended", "session/step-up-required", "session/mfa-enrolment-required",
  "tenant_not_found", "tenant_mismatch", "tenant_suspended", "subscription_expired", "request/invalid", "request/not-found", "none",
]);

/** What is wrong with an answer, whoever asked. */
export function faultsOf({ procedure, line }: Call, { status, code, bytes }: Answer, foreign: { readonly ids: readonly string[]; readonly canaries: readonly string[] }): string[] {
  const faults = [
    ...foreign.canaries.filter((canary) => bytes.includes(canary)).map((canary) => `shows ${canary}`),
    // What was sent may be repeated; what was not sent is told.
    ...foreign.ids.filter((id) => bytes.includes(id) && !line.includes(id)).map((id) => `shows ${id}`),
    ...(status >= 500 ? [`breaks with ${code ?? "nothing"}`] : []),
    ...(code !== undefined && notTried.has(code) ? [`was not tried: ${code}`] : []),
    ...(procedure.type === "mutation" && code === undefined && foreign.ids.some((id) => line.includes(id)) ? ["was done"] : []),
  ];
  return faults.map((fault) => `${line}: ${fault}`);
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
