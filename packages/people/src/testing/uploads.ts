import { Readable } from "node:stream";
import { callAs, makeMember } from "@atrium/api/testing";
import type { Files } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import {
  announce, beginUpload, checkManagers, checkRows, commitAll, commitRange, finishCommit, inspectImport, linkManagers, planCommit, registerUpload, removeFile,
} from "../import/service.ts";
import { peopleRouter } from "../index.ts";
import { makeOrganisation, workAs } from "../testing.ts";

/** The moment of every call of these tests. */
export const now = new Date("2026-11-20T06:00:00Z");

/** Files in memory. They are read in small pieces, so that a character or a line may be cut anywhere. */
export function filesIn(stored: Map<string, Uint8Array>): Files {
  const piecesOf = function* pieces(bytes: Uint8Array) {
    for (let at = 0; at < bytes.length; at += 1_021) yield bytes.subarray(at, at + 1_021);
  };
  return {
    write: async (key, bytes) => void stored.set(key, bytes),
    read: async (key) => Readable.from(piecesOf(stored.get(key) ?? Buffer.alloc(0))),
    remove: async (key) => void stored.delete(key),
    list: async () => [...stored.keys()],
  };
}

/** A company of three departments, and a file that was uploaded to it. */
export async function uploaded(content: string | Uint8Array) {
  const database = await testDatabase();
  const tenant = await makeTenant();
  const place = await makeOrganisation(database, tenant, { departments: ["Engineering", "Finance", "Sales"], locations: ["Bengaluru", "Pune", "Hyderabad"] });
  const member = await makeMember(database, tenant, ["hr-admin"]);
  const stored = new Map<string, Uint8Array>();
  const work = workAs(database, tenant, filesIn(stored), now);
  const { call, sent } = callAs(peopleRouter, { database, tenant, member, now });
  const later = callAs(peopleRouter, { database, tenant, member, now: new Date(now.getTime() + 120_000) }).call;
  const { id, fileKey, seal } = await work.inTenant(beginUpload);
  await work.files.write(fileKey, seal(Buffer.from(content)));
  await work.inTenant((ctx) => registerUpload(ctx, { id, fileName: "joiners.csv", fileBytes: 1 }));
  const check = async () => {
    if ((await inspectImport(work, id)) && (await checkRows(work, id))) await checkManagers(work, id);
    return call.import.get({ id });
  };
  const commit = async () => {
    const plan = await planCommit(work, id);
    if (plan?.mode === "all-or-none") await commitAll(work, id, plan.ranges);
    for (const range of plan?.mode === "good-rows" ? plan.ranges : []) await commitRange(work, id, range);
    await linkManagers(work, id);
    await finishCommit(work, id);
    await removeFile(work, id);
    for (const range of plan?.ranges ?? []) await announce(work, id, range);
    return call.import.get({ id });
  };
  return { database, tenant, place, member, stored, work, call, later, sent, id, check, commit };
}

export const header = "Employee code,Full name,Date of joining,Department,Location,Manager code,PAN";
export const file = (...rows: readonly string[]) => [header, ...rows].join("\n");
/** `rest` is the manager's code, a comma and the PAN. */
export const row = (code: string, rest = ",") => `${code},Person ${code},2026-12-01,Engineering,Bengaluru,${rest}`;
