import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { noteFile, storedBytes } from "@atrium/api";
import { callAs, makeMember } from "@atrium/api/testing";
import { planTerms } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { peopleRouter } from "../index.ts";
import { makeEmployees } from "../testing.ts";
import { file, header, row, uploaded } from "../testing/uploads.ts";
import { filePlace } from "./cells.ts";
import { announce, beginUpload, checkRows, commitAll, commitRange, failImport, inspectImport, planCommit, registerUpload } from "./service.ts";

const sample = readFile(new URL("../../samples/joiners.csv", import.meta.url));

const refusal = (code: string): unknown => expect.objectContaining({ message: code });

describe("the sample", () => {
  it("shows each row's fate with column and reason before anybody is created", async () => {
    const { call, check, id } = await uploaded(await sample);
    expect(await check()).toMatchObject({ status: "checked", totalRows: 14, goodRows: 5, badRows: 9, createdRows: 0, headers: { unknown: ["Blood group"] } });
    const { items } = await call.import.rows({ id, fate: "refuse" });
    expect(items.map(({ rowNumber, problems }) => `${rowNumber}: ${problems.map(({ column = "row", code }) => `${column} ${code}`).join(", ")}`)).toEqual([
      "7: joinedOn people/date-invalid",
      "8: code people/code-twice",
      "9: pan people/pan-invalid",
      "10: managerCode people/manager-refused",
      "11: bankAccount people/account-invalid",
      "12: email people/email-invalid, bankIfsc people/ifsc-invalid",
      "13: department people/department-unknown, location people/location-unknown",
      "14: code people/required, dateOfBirth people/born-too-late",
      "15: row people/row-ragged",
    ]);
    expect(await call.employee.list({})).toMatchObject({ total: 0 });
  });

  it("becomes its good rows, with managers from the same file, once, and the house is told once", async () => {
    const { call, check, commit, id, work } = await uploaded(await sample);
    await check();
    await call.import.commit({ id, mode: "good-rows" });
    expect(await commit()).toMatchObject({ status: "done", createdRows: 5, doneRows: 5, badRows: 9 });
    const { items } = await call.employee.list({ sort: "code" });
    expect(items.map(({ fullName, manager, joinedOn }) => [fullName, manager?.name, joinedOn])).toEqual([
      ["Aditi Menon", undefined, "2026-12-01"],
      ["Rohan Kulkarni", "Aditi Menon", "2026-12-01"],
      ["Sen, Ananya", "Rohan Kulkarni", "2026-12-01"],
      ["Farhan Shaikh", undefined, "2026-12-03"],
      ["Lakshmi Naidu", undefined, "2026-12-07"],
    ]);
    expect(new Set(work.sent.filter(({ name }) => name === "people/employee.joined").map((event) => event.id)).size).toBe(5);
  });
});

describe("the room for a file", () => {
  const full = { code: "storage/full", kind: "payment-required" };
  const fill = ({ work }: Awaited<ReturnType<typeof uploaded>>, bytes: number) => work.inTenant((ctx) => noteFile(ctx, "other", bytes));
  const used = ({ work }: Awaited<ReturnType<typeof uploaded>>) => work.inTenant(storedBytes);

  it("is the plan's: an upload beyond it is refused before its file is read, and again when it is there", async () => {
    const one = await uploaded(file(row("A1")));
    const { id } = await one.work.inTenant(beginUpload);
    await fill(one, planTerms.enterprise.storageBytes - (await used(one)) - 10);
    await expect(one.work.inTenant((ctx) => registerUpload(ctx, { id, fileName: "more.csv", fileBytes: 11 }))).rejects.toMatchObject(full);
    await one.work.inTenant((ctx) => registerUpload(ctx, { id, fileName: "more.csv", fileBytes: 10 }));
    await expect(one.work.inTenant(beginUpload)).rejects.toMatchObject(full);
  });

  it("is there again when the import is done", async () => {
    const one = await uploaded(file(row("A1")));
    expect(await used(one)).toBe(1);
    await one.check();
    await one.call.import.commit({ id: one.id, mode: "good-rows" });
    await one.commit();
    expect(await used(one)).toBe(0);
  });
});

describe("a file", () => {
  const windows1252 = Buffer.from(`${header}\nA1,Ren\u00e9e,2026-12-01,Engineering,Bengaluru,,\n`, "latin1");
  it.each([
    ["that is empty", "", "people/import-empty", {}],
    ["of blank lines", "\n\n,,\n", "people/import-empty", {}],
    ["of a header alone", `${header}\n\n`, "people/import-no-rows", {}],
    ["in Windows-1252", windows1252, "people/import-not-utf8", { line: 2 }],
    ["in UTF-16", Buffer.from(`\uFEFF${header}`, "utf16le"), "people/import-not-utf8", { line: 1 }],
    ["that is a workbook", Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0]), "people/import-not-csv", {}],
    ["with a zero byte far behind its beginning", `${file(...Array.from({ length: 50 }, (_, i) => row(`R${i}`)))}\nA1,As\u0000ha,2026-12-01,Engineering,Bengaluru,,\n`, "people/import-not-csv", {}],
    ["with a quote left open", `${header}\nA1,"Asha,2026-12-01\n`, "people/import-quotes-broken", { row: 2 }],
    ["without required columns", "Full name,PAN\nAsha,\n", "people/import-columns-missing", { columns: "Employee code, Date of joining, Department, Location", count: 4 }],
    ["with a column twice", `${header},Name\n`, "people/import-column-twice", { column: "Name" }],
  ])("%s is refused as a whole, with the reason", async (_what, content, code, params) => {
    const { check, call, id } = await uploaded(content);
    expect(await check()).toMatchObject({ status: "failed", problem: { code, params } });
    await expect(call.import.commit({ id, mode: "good-rows" })).rejects.toEqual(refusal("people/import-over"));
  });

  it("that is refused by its header is closed", async () => {
    const { work, id } = await uploaded("");
    const sealed = await work.inTenant(async (ctx) => (await ctx.vault()).sealFile(filePlace(id), Buffer.from(`Full name,PAN\n${"Asha,\n".repeat(100_000)}`)));
    const bytes = Readable.from((function* endless() {
      for (let at = 0; ; at += 1_021) yield sealed.subarray(at, at + 1_021);
    })());
    expect(await inspectImport({ ...work, files: { ...work.files, read: () => Promise.resolve(bytes) } }, id)).toBe(false);
    await new Promise((closed) => (bytes.closed ? closed(undefined) : bytes.once("close", closed)));
  });

  it.each([
    ["with a byte order mark", `\uFEFF${file(row("A1"))}`],
    ["with Windows line ends and quotes", `${header}\r\n"A1","Rao, ""Asha""","01/12/2026","Engineering","Bengaluru","",""\r\n`],
    ["with semicolons", file(row("A1")).replaceAll(",", ";")],
    ["with the apostrophe that our own downloads put before a plus sign", `Phone,${header}\n'+91 98450 00001,${row("A1")}`],
    ["with names beyond English", file("A1,Émile नाम 名,2026-12-01,engineering,BENGALURU,,")],
  ])("%s is read", async (_what, content) => {
    const { check } = await uploaded(content);
    expect(await check()).toMatchObject({ status: "checked", totalRows: 1, goodRows: 1 });
  });

  it("is held against what the company has", async () => {
    const { database, tenant, place, check, call, id } = await uploaded(file(row("a1"), row("B1", ",AAAPA0001A"), row("C1", "a1,")));
    await makeEmployees(database, tenant, place, [{ code: "A1", fullName: "Asha Rao", pan: "AAAPA0001A" }]);
    await check();
    const { items } = await call.import.rows({ id });
    expect(items.map(({ fate, problems }) => [fate, problems])).toEqual([
      ["refuse", [{ column: "code", code: "people/code-taken", params: { code: "A1", name: "Asha Rao" } }]],
      ["refuse", [{ column: "pan", code: "people/pan-taken", params: { code: "A1", name: "Asha Rao" } }]],
      ["create", []],
    ]);
  });

  it("of 5,000 rows is checked in little memory", async () => {
    const { check, work, id } = await uploaded(file(...Array.from({ length: 5_000 }, (_, i) => row(`R${i}`, `${i === 0 ? "" : `R${i - 1}`},`))));
    let most = 0;
    const inTenant: typeof work.inTenant = (use, limits) => {
      most = Math.max(most, process.memoryUsage().heapUsed);
      return work.inTenant(use, limits);
    };
    const before = process.memoryUsage().heapUsed;
    await inspectImport({ ...work, inTenant }, id);
    await checkRows({ ...work, inTenant }, id);
    expect((most - before) / 1_048_576).toBeLessThan(150);
    expect(await check()).toMatchObject({ status: "checked", goodRows: 5_000, badRows: 0 });
  });
});

describe("a commit", () => {
  const rows = Array.from({ length: 1_200 }, (_, i) => row(`R${i}`));

  it("that is repeated at every step, and cut off in the middle, creates everybody once", async () => {
    const { check, call, commit, work, id } = await uploaded(file(...rows));
    await check();
    await check();
    await call.import.commit({ id, mode: "good-rows" });
    const plan = await planCommit(work, id);
    const [first, second] = plan?.ranges ?? [];
    if (!first || !second) throw new Error("There should be several stretches.");
    await Promise.all([commitRange(work, id, first), commitRange(work, id, first)]);
    await commitRange(work, id, second);
    expect(await call.import.get({ id })).toMatchObject({ status: "committing", doneRows: 1_000 });
    await commit();
    expect(await commit()).toMatchObject({ status: "done", createdRows: 1_200 });
    expect(await call.employee.list({})).toMatchObject({ total: 1_200 });
  });

  it("of all or none refuses while a row is bad", async () => {
    const { check, call, id } = await uploaded(file(row("A1"), row("")));
    await check();
    await expect(call.import.commit({ id, mode: "all-or-none" })).rejects.toEqual(refusal("people/import-has-bad-rows"));
  });

  it("of all or none leaves nobody when it fails in the middle", async () => {
    const { database, tenant, place, check, call, commit, work, id } = await uploaded(file(...rows));
    await check();
    await call.import.commit({ id, mode: "all-or-none" });
    await makeEmployees(database, tenant, place, [{ code: "r1100" }]);
    await expect(commit()).rejects.toEqual(refusal("people/import-changed-since-check"));
    expect(await call.employee.list({})).toMatchObject({ total: 1 });
    expect(await call.import.get({ id })).toMatchObject({ createdRows: 0 });
    expect(work.sent.filter(({ name }) => name === "people/employee.joined")).toEqual([]);
  });

  it("of all or none makes everybody at once", async () => {
    const { check, call, commit, id } = await uploaded(file(...rows));
    await check();
    await call.import.commit({ id, mode: "all-or-none" });
    expect(await commit()).toMatchObject({ status: "done", createdRows: 1_200 });
  });

  it("of all or none that was killed right after it goes on to tell the house", async () => {
    const { check, call, work, id } = await uploaded(file(...rows));
    await check();
    await call.import.commit({ id, mode: "all-or-none" });
    const plan = await planCommit(work, id);
    if (!plan) throw new Error("There should be a plan.");
    await commitAll(work, id, plan.ranges);
    await commitAll(work, id, plan.ranges);
    for (const range of plan.ranges) await announce(work, id, range);
    expect(await call.import.get({ id })).toMatchObject({ status: "done", createdRows: 1_200 });
    expect(work.sent.filter(({ name }) => name === "people/employee.joined")).toHaveLength(1_200);
  });

  it("of the good rows turns a row bad whose code somebody got since the check", async () => {
    const { database, tenant, place, check, call, commit, id } = await uploaded(file(row("A1"), row("A2")));
    await check();
    await call.import.commit({ id, mode: "good-rows" });
    await makeEmployees(database, tenant, place, [{ code: "a2", fullName: "Somebody Quick" }]);
    expect(await commit()).toMatchObject({ status: "done", createdRows: 1, goodRows: 1, badRows: 1 });
    const { items } = await call.import.rows({ id, fate: "refuse" });
    expect(items).toEqual([expect.objectContaining({ rowNumber: 3, problems: [expect.objectContaining({ code: "people/code-taken", params: { code: "a2", name: "Somebody Quick" } })] })]);
  });

  it("that was cancelled stops between stretches, and goes on when it is confirmed again", async () => {
    const { check, call, commit, work, id } = await uploaded(file(...rows));
    await check();
    await call.import.commit({ id, mode: "good-rows" });
    const plan = await planCommit(work, id);
    const [first, second] = plan?.ranges ?? [];
    if (!first || !second) throw new Error("There should be several stretches.");
    await commitRange(work, id, first);
    await call.import.cancel({ id });
    await commitRange(work, id, second);
    expect(await call.import.get({ id })).toMatchObject({ status: "cancelled", createdRows: 500 });
    await call.import.commit({ id, mode: "good-rows" });
    expect(await commit()).toMatchObject({ status: "done", createdRows: 1_200 });
  });

  it("of the good rows that failed half-way goes on with the rest when it is confirmed again", async () => {
    const { check, call, commit, work, id } = await uploaded(file(...rows));
    await check();
    await call.import.commit({ id, mode: "good-rows" });
    const [first] = (await planCommit(work, id))?.ranges ?? [];
    if (!first) throw new Error("There should be several stretches.");
    await commitRange(work, id, first);
    await work.inTenant((ctx) => failImport(ctx, id, "request/busy"));
    expect(await call.import.get({ id })).toMatchObject({ status: "failed", createdRows: 500, problem: { code: "people/import-failed" } });
    await call.import.commit({ id, mode: "good-rows" });
    expect(await commit()).toMatchObject({ status: "done", createdRows: 1_200, problem: null });
  });

  it("whose job was lost may be started anew after a minute, not before", async () => {
    const { check, call, later, id, sent } = await uploaded(file(row("A1")));
    await check();
    await call.import.commit({ id, mode: "good-rows" });
    await expect(call.import.commit({ id, mode: "good-rows" })).rejects.toEqual(refusal("people/import-not-ready"));
    expect(await later.import.get({ id })).toMatchObject({ isStalled: true });
    await later.import.commit({ id, mode: "good-rows" });
    expect(sent.map((event) => event.id)).toEqual([`${id}:commit:2`]);
  });
});

describe("whose imports", () => {
  it("another company's import does not exist, and an employee imports nothing", async () => {
    const theirs = await uploaded(file(row("A1")));
    await theirs.check();
    const ours = await uploaded(file(row("A1")));
    const { id } = theirs;
    const { get, rows, commit, cancel, recheck } = ours.call.import;
    for (const ask of [get, rows, cancel, recheck]) await expect(ask({ id })).rejects.toEqual(refusal("people/import-not-found"));
    await expect(commit({ id, mode: "good-rows" })).rejects.toEqual(refusal("people/import-not-found"));
    const member = await makeMember(ours.database, ours.tenant, ["employee"]);
    const { call } = callAs(peopleRouter, { database: ours.database, tenant: ours.tenant, member });
    await expect(call.import.list()).rejects.toEqual(refusal("permission/missing"));
  });
});
