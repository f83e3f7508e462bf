import type { RouteClass } from "./route-classes.ts";

/**
 * Whose tries are counted together: those of the person in the session, of the mailbox in the body or in a procedure's input,
 * or nobody's besides the address.
 */
export type AccountSource = "session" | "mailbox" | "input" | "none";

/** What a request is to the limiter, before anybody asks who sent it. */
export interface Route {
  readonly routeClass: RouteClass;
  /** So many tokens of each bucket. */
  readonly cost: number;
  readonly account: AccountSource;
}

/** A batch that is not let in, whoever sends it. */
export type BatchRefusal = "limits/batch-too-large" | "limits/batch-mixed";

/** A screen asks for all it shows in one request; more than this in one is no screen. */
export const maxBatchSize = 10;

type Special = Exclude<RouteClass, "page" | "read" | "write">;
interface Rule {
  readonly routeClass: Special;
  readonly account: AccountSource;
}

const heavy = (routeClass: Special): Rule => ({ routeClass, account: "none" });
const guess = (account: AccountSource): Rule => ({ routeClass: "sign-in", account });
const guest: Rule = { routeClass: "guest", account: "none" };

/** Procedures that are more than a read or a write: where a secret could be guessed, and heavy work. */
export const procedureRules: Readonly<Record<string, Rule>> = {
  "identity.credentials.acceptInvitation": guess("none"),
  "identity.credentials.askReset": guess("input"),
  "identity.credentials.confirmEmail": guess("none"),
  "identity.credentials.openLink": guess("none"),
  "identity.credentials.reset": guess("none"),
  "identity.mfa.confirmAuthenticator": guess("session"),
  "identity.passkeys.ask": guess("session"),
  "identity.passkeys.register": guess("session"),
  "identity.signIn.askPasskey": guess("none"),
  "identity.signIn.stepUp": guess("session"),
  "payroll.run.start": heavy("payroll"),
  "payroll.run.retry": heavy("payroll"),
  // What follows an approval is that the payslips are made and published.
  "payroll.run.approve": heavy("payslips"),
};

/** The same of route handlers, by their folder below the app. */
export const handlerRules: Readonly<Record<string, Rule>> = {
  "[tenant]/api/audit/export": heavy("report"),
  "[tenant]/api/auth/callback/credentials": guess("mailbox"),
  "[tenant]/api/auth/callback/passkey": guess("none"),
  // The rest of the circuit asks for no session.
  "[tenant]/api/auth/[...nextauth]": guest,
  "[tenant]/api/company/export": heavy("report"),
  "[tenant]/api/payslips/register/[runId]": heavy("report"),
  "[tenant]/api/people/export": heavy("report"),
  "[tenant]/api/people/imports": heavy("import"),
  "[tenant]/api/people/imports/[importId]/problems": heavy("report"),
  "[tenant]/api/people/imports/sample": heavy("report"),
  "[tenant]/api/sso/callback": guess("none"),
  "[tenant]/api/sso/start": guess("none"),
  "[tenant]/api/support/look-in": guess("session"),
  "api/sign-up": guess("mailbox"),
  "api/sign-up/confirm": guess("none"),
  "api/sign-up/open": guess("none"),
  "api/sign-up/slug": guest,
};

const patterns = Object.entries(handlerRules).map(([folder, rule]) => ({ parts: folder.toLowerCase().split("/"), rule }));

/** For probes, the job server and this process's own edge. Exactly as they are written: nothing that is merely like them. */
const outside = new Set(["/api/health", "/api/health/ready", "/api/hosts", "/api/inngest", "/api/limits/refresh", "/api/limits/alert"]);

const page: Route = { routeClass: "page", cost: 1, account: "none" };
const read: Route = { routeClass: "read", cost: 1, account: "none" };
const write: Route = { routeClass: "write", cost: 1, account: "none" };

/** @param pathname as it stands in the address, still encoded. Undefined for what no bucket is asked for. */
export function routeOf(method: string, pathname: string): Route | BatchRefusal | undefined {
  if (outside.has(pathname)) return undefined;
  const plain = plainPath(pathname);
  const [, first, second, third, ...rest] = plain.split("/");
  if (first !== "api" && second !== "api") return page;
  const isRead = method === "GET" || method === "HEAD" || method === "OPTIONS";
  if (second === "api" && third === "trpc") return ofProcedures(rest.join("/").split(","), isRead);
  const rule = ruleOf(plain.slice(1).split("/"));
  if (rule) return { ...rule, cost: 1 };
  return isRead ? read : write;
}

const lowered = Object.fromEntries(Object.entries(procedureRules).map(([name, rule]) => [name.toLowerCase(), rule]));

/** What a batch is: a read counts once with all that are read with it, each write for itself. */
function ofProcedures(names: readonly string[], isRead: boolean): Route | BatchRefusal {
  if (names.length > maxBatchSize) return "limits/batch-too-large";
  let special: Rule | undefined;
  for (const name of names) {
    const rule = Object.hasOwn(lowered, name) ? lowered[name] : undefined;
    if (rule === undefined || rule.routeClass === special?.routeClass) continue;
    // One request draws on the buckets of one kind of work, so no other may come along.
    if (special) return "limits/batch-mixed";
    special = rule;
  }
  // Whose secret is tried has to be plain: it is tried alone.
  if (special?.routeClass === "sign-in" && names.length > 1) return "limits/batch-mixed";
  const cost = isRead ? 1 : names.length;
  if (special) return { ...special, cost };
  if (isRead) return read;
  return cost === 1 ? write : { ...write, cost };
}

function ruleOf(parts: readonly string[]): Rule | undefined {
  return patterns.find((pattern) => matches(pattern.parts, parts))?.rule;
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  const isOpenEnded = pattern.at(-1)?.startsWith("[...") === true;
  if (isOpenEnded ? parts.length < pattern.length : parts.length !== pattern.length) return false;
  return pattern.every((part, index) => part.startsWith("[") || part === parts[index]);
}

const mostEncodings = 4;

/**
 * The path as whoever reads it most generously would read it: decoded, in small letters, with single slashes and none at
 * its end. Somebody who writes it in another way may be counted dearer, never cheaper.
 */
function plainPath(pathname: string): string {
  if (!/[%\\A-Z]|\/\/|\/$/.test(pathname)) return pathname;
  let plain = pathname;
  for (let count = 0; count < mostEncodings && plain.includes("%"); count += 1) plain = decoded(plain);
  return plain.toLowerCase().replaceAll("\\", "/").replaceAll(/\/{2,}/g, "/").replace(/\/$/, "");
}

/** What of it can be decoded: a broken sign beside it changes nothing. */
const decoded = (text: string): string => text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
