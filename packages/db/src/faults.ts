import { Prisma } from "./generated/client.ts";

/** A database refusal in words that services may branch on. */
export interface DatabaseFault {
  readonly kind: "unique" | "reference" | "check" | "missing" | "busy" | "timeout";
  /** The constraint, index or columns involved, where the server says. */
  readonly target: string;
}

const sqlStates: Readonly<Record<string, DatabaseFault["kind"]>> = {
  "23505": "unique",
  "23503": "reference",
  "23514": "check",
  "40001": "busy",
  "40P01": "busy",
  "55P03": "busy",
  "57014": "timeout",
};

/**
 * Reads what PostgreSQL refused out of whatever Prisma threw. With a driver adapter the constraint no longer stands in
 * `meta.target` but several causes down, in a shape that differs by statement, so it is looked for by its fields.
 */
export function faultFrom(error: unknown): DatabaseFault | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  if (error.code === "P2025") return { kind: "missing", target: error.meta?.["modelName"]?.toString() ?? "" };
  if (error.code === "P2028" || error.code === "P2024") return { kind: "timeout", target: "" };
  if (error.code === "P2034") return { kind: "busy", target: "" };
  const text = JSON.stringify(error.meta ?? {});
  const state = /"(?:originalCode|code)":"([0-9A-Z]{5})"/.exec(text)?.[1];
  const kind = sqlStates[state ?? ""] ?? (error.code === "P2002" ? "unique" : error.code === "P2003" ? "reference" : undefined);
  if (!kind) return undefined;
  const named = /constraint \\?"([a-z0-9_]+)\\?"/.exec(text)?.[1] ?? /"(?:index|constraint)":"([a-z0-9_]+)"/.exec(text)?.[1];
  const fields = /"fields":\[([^\]]*)\]/.exec(text)?.[1]?.replaceAll(/[\\"]/g, "");
  return { kind, target: named ?? fields ?? "" };
}
