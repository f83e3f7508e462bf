import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { z } from "zod";
import { Prisma } from "./generated/client.ts";

/** A database refusal in words that services may branch on. */
export interface DatabaseFault {
  /**
   * `unique`: such a row is there already · `reference`: the row referred to is not, or is still referred to ·
   * `check`: a value the column does not take · `unreadable`: text or a day that the database cannot hold at all, such as
   * text with a zero byte · `missing`: the row to change is not there · `busy`: somebody else was
   * faster, trying again may help · `timeout`: it took too long · `unreachable`: the database or the connection is gone.
   */
  readonly kind: "unique" | "reference" | "check" | "unreadable" | "missing" | "busy" | "timeout" | "unreachable";
  /** The constraint's name, or for a missing row the model's; empty where there is none. */
  readonly target: string;
}

const kindOfState: Readonly<Record<string, DatabaseFault["kind"]>> = {
  "23505": "unique",
  "23P01": "unique",
  "23503": "reference",
  "23001": "reference",
  "23514": "check",
  "22021": "unreadable",
  "22P05": "unreadable",
  "22008": "unreadable",
  "40001": "busy",
  "40P01": "busy",
  "55P03": "busy",
  "57014": "timeout",
  "57P01": "unreachable",
  "57P02": "unreachable",
  "57P03": "unreachable",
};

/** What Prisma's own machinery answers before or after PostgreSQL has a say. */
const kindOfCode: Readonly<Record<string, DatabaseFault["kind"]>> = {
  P1001: "unreachable",
  P1008: "unreachable",
  P1017: "unreachable",
  P1018: "timeout",
  P2025: "missing",
  P2028: "timeout",
  P2034: "busy",
  P2037: "busy",
};

const driverError = z.object({
  cause: z.object({ originalCode: z.string().default(""), originalMessage: z.string().default("") }),
});

/** What the pool says when a connection broke, or none was free in time: plain errors, told apart by their words alone. */
const brokenConnection = /^Connection terminated|^Client has encountered a connection error|^timeout exceeded when trying to connect/;
const noneFree = /Unable to start a transaction in the given time/;

/**
 * Reads what the database refused out of whatever Prisma threw; undefined for anything else. A refused statement arrives
 * as an error of Prisma with the adapter's inside, a refused COMMIT as the adapter's alone, a lost connection as neither.
 */
export function faultFrom(error: unknown): DatabaseFault | undefined {
  const known = error instanceof Prisma.PrismaClientKnownRequestError ? error : undefined;
  if (!known && !(error instanceof DriverAdapterError)) {
    return error instanceof Error && brokenConnection.test(error.message) ? { kind: "unreachable", target: "" } : undefined;
  }
  if (known && noneFree.test(known.message)) return { kind: "busy", target: "" };
  const { originalCode, originalMessage } = driverError.safeParse(known ? known.meta?.["driverAdapterError"] : error).data?.cause ?? empty;
  const kind = kindOfState[originalCode] ?? kindOfCode[known?.code ?? ""];
  if (!kind) return undefined;
  const constraint = /constraint "([^"]+)"/.exec(originalMessage)?.[1];
  return { kind, target: constraint ?? (kind === "missing" ? z.string().catch("").parse(known?.meta?.["modelName"]) : "") };
}

const empty = { originalCode: "", originalMessage: "" };
