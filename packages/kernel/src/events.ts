import type { z } from "zod";

/** News that a domain tells upward. Its schema stands in the emitter's `contract.ts`; every payload carries the tenant. */
export interface EventDefinition<N extends string = string, S extends z.ZodType = z.ZodType> {
  readonly name: N;
  readonly payload: S;
}

/** Names news, `domain/noun.past-verb`, and says what they carry. */
export function defineEvent<const N extends `${string}/${string}`, S extends z.ZodType>(name: N, payload: S): EventDefinition<N, S> {
  return { name, payload };
}

/** One event as it leaves after the commit. Two with the same `id` start a job once. */
export interface EmittedEvent {
  readonly name: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly tenantId: string };
}
