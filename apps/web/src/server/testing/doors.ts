import { createLogger, openFiles, openMail } from "@atrium/api";
import type { SessionClaims } from "@atrium/api";
import { testDatabase } from "@atrium/db/testing";
import { permissions } from "@atrium/kernel";
import { testKeyring } from "@atrium/vault/testing";
import { Inngest } from "inngest";
import { encode } from "next-auth/jwt";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NextRequest } from "next/server";
import { vi } from "vitest";
import { z } from "zod";
import * as trpcRoute from "../../app/[tenant]/api/trpc/[trpc]/route.ts";
import { readEnv } from "../../env.ts";
import { appRouter } from "../routers.ts";
import { cookieNames } from "../session.ts";

/* The doors as the outside meets them: a request with a cookie goes in, and the bytes of an answer come out. */

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";

/** Makes the process's runtime one on the test database and an empty folder, whose news go nowhere. Answers what takes it away. */
export async function openTestRuntime(): Promise<() => void> {
  const [database, folder] = [await testDatabase(), mkdtempSync(join(tmpdir(), "atrium-doors-"))];
  const source = {
    NODE_ENV: "test", DATABASE_URL: database.appUrl, ATRIUM_URL: "http://localhost", ATRIUM_SSO_INSIDE: "127.0.0.1", NEXTAUTH_SECRET: secret, MAIL_OUTBOX_DIR: folder, FILES_DIR: folder,
    ATRIUM_KEYS: JSON.stringify({ current: "test", keys: { test: randomBytes(32).toString("base64") } }),
  };
  for (const [name, value] of Object.entries(source)) vi.stubEnv(name, value);
  const read = readEnv(source);
  if ("faults" in read) throw new Error(read.faults.join(" "));
  const client = new Inngest({ id: "test", isDev: true, fetch: async () => Response.json({ ids: [], status: 200 }) });
  globalThis.atriumRuntime = Promise.resolve({
    env: read.env, database, client, keyring: testKeyring(), log: createLogger("silent"), publicUrl: "http://localhost", clock: () => new Date(),
    files: await openFiles(read.env), mail: openMail(read.env),
  });
  return () => {
    vi.unstubAllEnvs();
    globalThis.atriumRuntime = undefined;
    rmSync(folder, { recursive: true });
  };
}

const DoorShape = z.object({ stepUp: z.boolean().default(false), openWhen: z.array(z.enum(["expired", "enrolling"])).default([]) });

const ProcedureShape = z.object({
  _def: z.object({
    type: z.enum(["query", "mutation"]),
    inputs: z.array(z.instanceof(z.ZodType)).default([]),
    meta: z.object({ permission: z.enum(permissions).optional(), options: DoorShape.optional() }).optional(),
  }),
});

export interface Procedure {
  readonly path: string;
  readonly type: "query" | "mutation";
  /** Undefined when anybody may call it. */
  readonly permission: (typeof permissions)[number] | undefined;
  readonly inputs: readonly z.ZodType[];
  /** What the door asks beyond the permission, and what it stays open for. */
  readonly door: z.output<typeof DoorShape>;
}

/** Every procedure of the house. At run time the router keeps them in one flat list, by their path. */
export const procedures: readonly Procedure[] = Object.entries(appRouter._def.procedures)
  .map(([path, procedure]) => {
    const { type, inputs, meta } = ProcedureShape.parse({ ...procedure })._def;
    return { path, type, inputs, permission: meta?.permission, door: DoorShape.parse(meta?.options ?? {}) };
  })
  .toSorted((one, other) => one.path.localeCompare(other.path));

export interface Answer {
  readonly status: number;
  /** What it was refused with; undefined when it was not. */
  readonly code: string | undefined;
  /** All that left the house: headers and body. */
  readonly bytes: string;
}

/** The cookie of a session, under the name of the company at whose path it is shown. */
export async function cookieFor(claims: SessionClaims, shownAt = claims.tenantSlug): Promise<string> {
  const token = await encode({ token: { claims }, secret });
  return `${cookieNames(shownAt, false).session}=${token}`;
}

export interface Visit {
  /** The company in the path. */
  readonly slug: string;
  readonly cookie?: string;
  /** What else the caller sends. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call of a procedure over HTTP. */
export async function callProcedure({ path, type }: Pick<Procedure, "path" | "type">, input: unknown, { slug, cookie = "", headers = {} }: Visit): Promise<Answer> {
  const url = new URL(`http://localhost/${slug}/api/trpc/${path}`);
  if (type === "query" && input !== undefined) url.searchParams.set("input", JSON.stringify(input));
  const isWrite = type === "mutation";
  const request = new NextRequest(url, {
    method: isWrite ? "POST" : "GET",
    headers: { ...headers, cookie, "x-request-id": "req-test-0001", ...(isWrite && { "content-type": "application/json" }) },
    ...(isWrite && { body: JSON.stringify(input ?? null) }),
  });
  const answer = await (isWrite ? trpcRoute.POST : trpcRoute.GET)(request, { params: Promise.resolve({ tenant: slug }) });
  return readAnswer(answer);
}

const Refusal = z.object({ error: z.union([z.object({ message: z.string() }).transform(({ message }) => message), z.object({ code: z.string() }).transform(({ code }) => code)]) });

/** Reads an answer to its end. */
export async function readAnswer(answer: Response): Promise<Answer> {
  const body = await answer.text();
  const bytes = `${[...answer.headers].map((header) => header.join(": ")).join("\n")}\n\n${body}`;
  if (answer.ok) return { status: answer.status, code: undefined, bytes };
  return { status: answer.status, code: Refusal.safeParse(jsonOf(body)).data?.error ?? "none", bytes };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
