import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLogger } from "@atrium/api";
import { makeMember, makeSession } from "@atrium/api/testing";
import { makeTenant, rowsOf, testDatabase } from "@atrium/db/testing";
import { addMonths, monthOf } from "@atrium/kernel";
import { makeSalaries, payMonth } from "@atrium/payroll/testing";
import { makeOrganisation, withCheckDigit } from "@atrium/people/testing";
import { Inngest } from "inngest";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { runtime } from "./runtime.ts";
import { callProcedure, cookieFor, openTestRuntime, procedures, readAnswer } from "./testing/doors.ts";
import { runJob } from "./testing/job-calls.ts";
import { handlersOf } from "./testing/routes.ts";

/*
 * Canaries: numbers that go in at every door, and are then looked for wherever the house writes something down or says
 * something. They may be found in the answers to those who asked to be shown them, and nowhere else.
 */

const first = { pan: "CANPC4321Z", uan: "100098765432", aadhaar: withCheckDigit("99998765432"), bankAccount: "987654321098" };
const second = { pan: "CANPD8765Y", uan: "100012345678", aadhaar: withCheckDigit("99991234567"), bankAccount: "567890123456" };
const fields = ["pan", "uan", "aadhaar", "bankAccount"] as const;
const clientSecret = "CANARYCLIENTSECRET4321";
const canaries = [...[first, second].flatMap((numbers) => Object.values(numbers)), clientSecret];
/** The seed of an authenticator, which the house makes by itself: another canary from then on. */
let seed = "none";

/** Which of the numbers stand in a text, however they are written there. */
function found(text: string): string[] {
  const bare = text.toUpperCase().replaceAll(/[\s\-"\\]+/g, "");
  return canaries.filter((number) => bare.includes(number));
}

const log: string[] = [];
const sent: string[] = [];
const urls: string[] = [];
const kept: string[] = [];
/** Everything that was answered but for what was asked to be revealed. */
const answers: string[] = [];
const revealed: string[] = [];

let close: () => void;
let company: Awaited<ReturnType<typeof prepare>>;

beforeAll(async () => {
  close = await openTestRuntime();
  const base = await runtime();
  const client = new Inngest({
    id: "test", isDev: true,
    fetch: async (input, init) => {
      sent.push(await new Request(input, init).text());
      return Response.json({ ids: ["evt_1"], status: 200 });
    },
  });
  globalThis.atriumRuntime = Promise.resolve({ ...base, client, log: createLogger("debug", { write: (line) => log.push(line) }) });
  company = await prepare();
});
afterAll(() => close());

async function prepare() {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const place = await makeOrganisation(database, tenant);
  const [hr, owner] = [await makeMember(database, tenant, ["hr-admin"]), await makeMember(database, tenant, ["owner"])];
  const staleId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, hr.id, { verifiedAt: new Date("2020-01-01T00:00:00Z") }));
  const cookie = (sessionId: string) => cookieFor({ sessionId, tenantId: tenant.id, tenantSlug: tenant.slug, epoch: 0 });
  return { database, tenant, place, hr, owner, cookie: await cookie(hr.sessionId), stale: await cookie(staleId), owners: await cookie(owner.sessionId) };
}

/** Calls a procedure, and keeps what came back and the address that was called. */
async function call(path: string, input: unknown, options: { readonly cookie?: string; readonly into?: string[] } = {}): Promise<string> {
  const procedure = procedures.find((one) => one.path === path);
  if (!procedure) throw new Error(`There is no procedure ${path}.`);
  urls.push(procedure.type === "query" ? `${path} ${JSON.stringify(input)}` : path);
  const { bytes } = await callProcedure(procedure, input, { slug: company.tenant.slug, cookie: options.cookie ?? company.cookie });
  (options.into ?? answers).push(bytes);
  return bytes;
}

async function visit(route: string, method: "GET" | "POST", params: Readonly<Record<string, string>> = {}, body?: string): Promise<string> {
  const { slug } = company.tenant;
  const path = route.replaceAll(/\[(\w+)\]/g, (_, name: string) => ({ tenant: slug, ...params })[name] ?? "");
  urls.push(path);
  const handler = (await handlersOf(route))[method];
  const request = new NextRequest(`http://localhost/${path}`, { method, headers: { cookie: company.cookie }, ...(body !== undefined && { body }) });
  const answer = await readAnswer((await handler?.(request, { params: Promise.resolve({ tenant: slug, ...params }) })) ?? new Response());
  answers.push(answer.bytes);
  return answer.bytes;
}

const idIn = (bytes: string, prefix: string): string => new RegExp(`${prefix}_[0-9a-z]{22}`).exec(bytes)?.[0] ?? "none";

async function job(id: string, importId: string): Promise<number> {
  const data = { tenantId: company.tenant.id, importId, actorMemberId: company.hr.id, requestId: "req-test-0001" };
  const { status, answers: told } = await runJob("test", id, { name: id === "people/check-import" ? "people/import.uploaded" : "people/import.confirmed", data });
  kept.push(...told);
  return status;
}

const person = (code: string) => ({ code, fullName: `Person ${code}`, gender: "other", joinedOn: "2024-04-01", bankIfsc: "ATRM0000001", ...company.place });

async function workWithPeople(): Promise<void> {
  const id = idIn(await call("people.employee.create", { ...person("C1"), ...first }), "emp");
  // Refused because another has them, because they are wrong, because the session is stale, because nobody is signed in.
  await call("people.employee.create", { ...person("C2"), ...first });
  for (const field of fields) await call("people.employee.create", { ...person("C3"), [field]: `${first[field]}9` });
  await call("people.employee.update", { id, version: 1, changes: second }, { cookie: company.stale });
  await call("people.employee.update", { id, version: 1, changes: second }, { cookie: "" });
  await call("people.employee.update", { id, version: 9, changes: second });
  await call("people.employee.update", { id, version: 1, changes: second });
  for (const field of fields) {
    await call("people.employee.reveal", { id, field, reason: `To compare ${second[field]} with the card.` }, { into: revealed });
    await call("people.employee.reveal", { id, field, reason: second[field] }, { cookie: company.stale });
    await call("people.employee.reveal", { id: second[field], field, reason: "To compare it with the card." });
  }
  for (const path of ["people.employee.get", "people.employee.history"]) await call(path, { id });
  await call("people.employee.list", {});
  await visit("[tenant]/api/people/export", "GET");
  await breakSeals(id);
}

/** What cannot be opened is a fault of the house, told with all that its log has of it. */
async function breakSeals(id: string): Promise<void> {
  const { database, tenant } = company;
  const where = { tenantId: tenant.id, id };
  const before = await database.withTenant(tenant.id, (db) => db.employee.findFirstOrThrow({ where }));
  await database.withTenant(tenant.id, (db) => db.employee.updateMany({ where, data: { panSealed: before.uanSealed } }));
  const answer = await call("people.employee.reveal", { id, field: "pan", reason: "To compare it with the card." });
  expect(answer).toContain("vault/cannot-open");
  await call("people.employee.update", { id, version: before.version, changes: { pan: first.pan } });
  await database.withTenant(tenant.id, (db) => db.employee.updateMany({ where, data: { panSealed: before.panSealed } }));
}

/** The seed of an authenticator is shown to its owner once, the secret of an identity provider to nobody. */
async function workWithSecrets(): Promise<void> {
  const { database, tenant, owners } = company;
  const offer = await call("identity.mfa.offerAuthenticator", undefined, { into: revealed });
  seed = (/"key":"([A-Z2-7 ]+)"/.exec(offer)?.[1] ?? "none").replaceAll(" ", "");
  expect(seed.length).toBeGreaterThan(25);
  canaries.push(seed);
  await call("identity.mfa.confirmAuthenticator", { code: "000000" });
  await call("identity.mfa.mine", undefined);
  const connection = { name: "Acme", clientId: "atrium", isEnabled: true, joinsByDomain: false, defaultRoles: ["employee"] };
  const id = "sso_01jd3k9v7q8m2n4p6r8t0w";
  await database.withTenant(tenant.id, (db) =>
    db.ssoConnection.create({ data: { ...connection, tenantId: tenant.id, id, issuer: "https://login.acme.test", clientSecretSealed: "", createdAt: new Date(), updatedAt: new Date() } }),
  );
  const changed = await call("identity.sso.change", { ...connection, connectionId: id, clientSecret }, { cookie: owners });
  expect(changed).toContain(id);
  await call("identity.sso.change", { ...connection, connectionId: id, clientSecret, name: "" }, { cookie: owners });
  await call("identity.sso.add", { ...connection, issuer: "http://127.0.0.1:1", clientSecret }, { cookie: owners });
  await call("identity.sso.list", undefined, { cookie: owners });
}

async function workWithFiles(): Promise<void> {
  const header = "Employee code,Full name,Date of joining,Department,Location,PAN,UAN,Aadhaar,Bank account,IFSC";
  const row = (code: string, numbers: readonly string[]) => [code, `Person ${code}`, "2024-04-01", "Engineering", "Bengaluru", ...numbers, "ATRM0000001"].join(",");
  const numbers = fields.map((field) => first[field]);
  // One that comes in, one with the same numbers, one with others' and a digit too many, one that has slipped to the left.
  const file = [header, row("F1", numbers), row("F2", numbers), row("F3", Object.values(second).map((number) => `${number}9`)), row("F4", numbers).replace(",2024-04-01", "")];
  const id = idIn(await visit("[tenant]/api/people/imports", "POST", {}, file.join("\n")), "imp");
  expect(await filesAtRest()).toHaveLength(1);
  for (const content of await filesAtRest()) expect(found(content)).toEqual([]);
  expect(await job("people/check-import", id)).toBe(200);
  await call("people.import.rows", { id });
  await visit("[tenant]/api/people/imports/[importId]/problems", "GET", { importId: id });
  await lookIntoTheDatabase();
  await call("people.import.commit", { id, mode: "good-rows" });
  expect(await job("people/commit-import", id)).toBe(200);
  await call("people.import.rows", { id });
  expect(await filesAtRest()).toEqual([]);
  // A job that fails, with a file whose bytes are the numbers themselves.
  const broken = idIn(await visit("[tenant]/api/people/imports", "POST", {}, `${header}\n${row("F5", numbers)}\nF6,"${numbers.join("\n")}`), "imp");
  await job("people/check-import", broken);
}

async function filesAtRest(): Promise<string[]> {
  const folder = z.string().parse((await runtime()).env.FILES_DIR);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.filter(({ name }) => name.includes("imp_")).map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
}

/** The numbers come out in full on no payslip either. */
async function workWithPay(): Promise<void> {
  const { database, tenant, hr, owner } = company;
  const people = await database.withTenant(tenant.id, (db) => db.employee.findMany({ select: { id: true } }));
  await makeSalaries(database, tenant, people.map(({ id: employeeId }) => ({ employeeId })));
  const period = addMonths(monthOf(new Date().toISOString().slice(0, 10)), -1);
  await payMonth(database, tenant, { period, startedBy: hr.id, approvedBy: owner.id });
  const slips = await database.withTenant(tenant.id, (db) => db.payslip.findMany({ select: { snapshot: true } }));
  expect(slips).toHaveLength(people.length);
}

/** Every column of every table that has rows of the company, as the superuser sees them. */
async function lookIntoTheDatabase(): Promise<void> {
  const { rows } = await rowsOf(company.database.superuserUrl, company.tenant.id);
  expect(rows["employee"]?.join()).toContain("XXXXX");
  const holding = Object.entries(rows).flatMap(([table, lines]) => lines.flatMap((line) => found(line).map((number) => `${table}: ${number}`)));
  expect(holding).toEqual([]);
}

describe("numbers that went in at every door", () => {
  beforeAll(async () => {
    await workWithPeople();
    await workWithSecrets();
    await workWithFiles();
    await workWithPay();
  }, 60_000);

  it("are found by those who asked to be shown them", () => {
    expect(new Set(revealed.flatMap(found))).toEqual(new Set([...Object.values(second), seed]));
  });

  it("stand in no column of any table", lookIntoTheDatabase);

  it.each([
    ["line of the log", () => log],
    ["answer but a revealing one", () => answers],
    ["event", () => sent],
    ["answer that the job server keeps", () => kept],
    ["address", () => urls],
  ])("stand in no %s", (_what, texts) => {
    expect(texts().length).toBeGreaterThan(0);
    expect(texts().filter((text) => found(text).length > 0)).toEqual([]);
  });

  it("and the search for them finds them", () => {
    expect(found(`a "${first.pan.toLowerCase()}" b`)).toEqual([first.pan]);
    expect(found(`9999 8765 432${first.aadhaar.at(-1) ?? ""}`)).toEqual([first.aadhaar]);
  });
});

it("whatever takes such a number or secret is called by a body, never by an address", () => {
  const takes = (schema: z.ZodType): boolean => /"(pan|uan|aadhaar|bankAccount|clientSecret)"/.test(JSON.stringify(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }).properties ?? {}));
  const takers = procedures.filter(({ inputs }) => inputs.some(takes));
  expect(takers.map(({ path }) => path)).toContain("people.employee.create");
  expect(takers.filter(({ type }) => type === "query")).toEqual([]);
});
