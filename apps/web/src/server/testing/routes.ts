import { readdirSync } from "node:fs";
import { NextRequest } from "next/server";
import { z } from "zod";
import { exportNeeds } from "@atrium/identity/contract";
import { permissions } from "@atrium/kernel";
import { readAnswer } from "./doors.ts";
import type { Answer, Visit } from "./doors.ts";

/* The route handlers: what is no procedure. They carry no description of themselves, so each stands here. */

type Permission = (typeof permissions)[number];

/** One address of a handler that asks who calls. */
export interface GuardedRoute {
  readonly method: "GET" | "POST";
  readonly permission: Permission;
  /** What the handler asks for besides, when the door is open. */
  readonly needs?: readonly Permission[];
  /** What of the path is not the company, with somebody's ids; the id beginning with this is the first of theirs. */
  readonly params?: (id: (prefix: string) => string) => Readonly<Record<string, string>>;
  readonly query?: (id: (prefix: string) => string) => Readonly<Record<string, string>>;
  readonly body?: string;
}

export const guardedRoutes: Readonly<Record<string, GuardedRoute>> = {
  "[tenant]/api/audit/export": { method: "GET", permission: "audit:export", query: (id) => ({ memberId: id("mem") }) },
  "[tenant]/api/audit/verify": { method: "GET", permission: "audit:read" },
  "[tenant]/api/billing/invoices/[invoiceId]/pdf": { method: "GET", permission: "billing:read", params: (id) => ({ invoiceId: id("inv") }) },
  "[tenant]/api/company/export": { method: "GET", permission: "company:manage", needs: exportNeeds },
  "[tenant]/api/payslips/[id]/pdf": { method: "GET", permission: "payslip:read", params: (id) => ({ id: id("psl") }) },
  "[tenant]/api/payslips/register/[runId]": { method: "GET", permission: "payroll:read", params: (id) => ({ runId: id("prn") }) },
  "[tenant]/api/people/export": { method: "GET", permission: "people:export", query: (id) => ({ departmentId: id("dep") }) },
  "[tenant]/api/people/imports": { method: "POST", permission: "people:import", body: "Employee code,Full name\n" },
  "[tenant]/api/people/imports/[importId]/problems": { method: "GET", permission: "people:import", params: (id) => ({ importId: id("imp") }) },
  "[tenant]/api/people/imports/sample": { method: "GET", permission: "people:import" },
};

/** Those that ask nobody who calls, and why that is right. The list may only shrink. */
export const openRoutes: Readonly<Record<string, string>> = {
  "[tenant]/api/auth/[...nextauth]": "Signing in: whoever comes here has no session yet.",
  "[tenant]/api/trpc/[trpc]": "Carries the procedures, each of which asks for itself.",
  "[tenant]/api/sso/callback": "Whoever brings a provider's answer has no session yet; the answer and the sealed question say who they are.",
  "[tenant]/api/sso/start": "Leads to the company's provider; whoever links or proves themselves is asked inside who they are.",
  "[tenant]/api/support/look-in": "Asks for an operator inside, before it reads what they want.",
  "api/health": "Says that the process answers.",
  "api/health/ready": "Says whether it can serve; the parts are told to this machine alone.",
  "api/hosts": "Says to this machine's own edge whose domain a name is.",
  "api/inngest": "The job server signs what it asks.",
  "api/limits/alert": "This machine's own edge tells of a company close to its limits, with a token that nobody else can make.",
  "api/limits/refresh": "This machine's own edge asks in the same way for what a company may do.",
  "api/sign-up": "Whoever begins a company belongs to none yet; all it does is to send a mail.",
  "api/sign-up/confirm": "The link of that mail says whose company it makes.",
  "api/sign-up/open": "Shows what such a link would make to whoever holds it.",
  "api/sign-up/slug": "Says whether an address name is free, as every address bar does.",
};

const app = new URL("../../app/", import.meta.url);

/** The handlers that there are, by their folder. */
export const routes: readonly string[] = readdirSync(app, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)route\.tsx?$/.test(file))
  .map((file) => file.replace(/\/route\.tsx?$/, ""))
  .toSorted();

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Handler = (request: NextRequest, route: { readonly params: Promise<Readonly<Record<string, string>>> }) => Promise<Response>;
const Handlers = z.partialRecord(z.enum(methods), z.custom<Handler>((value) => typeof value === "function"));

/** What a route's file exports for HTTP, by method. */
export async function handlersOf(route: string): Promise<z.output<typeof Handlers>> {
  const module: unknown = await import(new URL(`${route}/route.ts`, app).href);
  return Handlers.parse(Object.fromEntries(Object.entries({ ...z.record(z.string(), z.unknown()).parse(module) }).filter(([name]) => methods.some((method) => method === name))));
}

/** One call of a guarded route over HTTP, with these ids wherever one can stand. */
export async function callRoute(route: string, ids: readonly string[], { slug, cookie = "", headers = {} }: Visit): Promise<Answer & { readonly line: string }> {
  const { method, params = none, query = none, body } = guardedRoutes[route] ?? unknown(route);
  const id = (prefix: string): string => ids.find((one) => one.startsWith(`${prefix}_`)) ?? unknown(`${prefix}_`);
  const given: Readonly<Record<string, string>> = { tenant: slug, ...params(id) };
  const path = route.replaceAll(/\[(\w+)\]/g, (_, name: string) => given[name] ?? "");
  const url = new URL(`http://localhost/${path}?${new URLSearchParams(query(id)).toString()}`);
  const handler = (await handlersOf(route))[method] ?? unknown(`${method} ${route}`);
  const request = new NextRequest(url, { method, headers: { ...headers, cookie, "x-request-id": "req-test-0001" }, ...(body !== undefined && { body }) });
  return { ...(await readAnswer(await handler(request, { params: Promise.resolve(given) }))), line: `${method} ${url.pathname}${url.search}` };
}

/** A call of a handler that asks nobody, with whatever a thief of this company would send: its name and ids, in every place. */
export async function tryOpenRoute(route: string, method: OpenMethod, loot: { readonly slug: string; readonly ids: readonly string[] }, { slug, cookie = "" }: Visit): Promise<Answer & { readonly line: string }> {
  const first = (prefix: string) => loot.ids.find((one) => one.startsWith(`${prefix}_`)) ?? "";
  const wanted = { slug: loot.slug, name: loot.slug, grantId: first("sup"), connection: first("sso"), for: "sign-in", next: `/${loot.slug}`, token: first("ses"), state: first("ses"), code: "x" };
  const url = new URL(`http://localhost/${route.replace("[tenant]", slug)}?${new URLSearchParams(wanted).toString()}`);
  const body = method === "GET" ? {} : { body: JSON.stringify(wanted) };
  const request = new NextRequest(url, { method, headers: { cookie, "content-type": "application/json", "x-request-id": "req-test-0001" }, ...body });
  const handler = (await handlersOf(route))[method] ?? unknown(`${method} ${route}`);
  return { ...(await readAnswer(await handler(request, { params: Promise.resolve({ tenant: slug }) }))), line: `${method} ${url.pathname}${url.search}` };
}
export type OpenMethod = "GET" | "POST";

const none = () => ({});
function unknown(what: string): never {
  throw new Error(`There is no ${what}: see apps/web/src/server/testing/routes.ts.`);
}
