/** The words a new slice is made of: `leave-days` in `people` is `LeaveDays`, `leaveDays` and `people/leave-days`. */
export interface SliceNames {
  readonly room: string;
  readonly slice: string;
  readonly type: string;
  readonly value: string;
  readonly permission: string;
}

export function namesOf(room: string, slice: string, permission: string): SliceNames {
  const type = slice.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return { room, slice, type, value: type.charAt(0).toLowerCase() + type.slice(1), permission };
}

const contract = ({ room, slice, type, value }: SliceNames) => `import { defineErrors, defineEvent } from "@atrium/kernel";
import { z } from "zod";

export const ${value}Errors = defineErrors({
  "${slice}/note-repeated": "conflict",
});

/** Writes down something about a record. */
export const Write${type}Note = z.object({
  subjectId: z.string().min(1).max(60),
  text: z.string().trim().min(1).max(500),
});
export type Write${type}Note = z.infer<typeof Write${type}Note>;

export const ${type}NoteDto = z.object({ id: z.string(), subjectId: z.string(), text: z.string() });
export type ${type}NoteDto = z.infer<typeof ${type}NoteDto>;

export const ${value}Noted = defineEvent("${room}/${slice}.noted", z.object({ tenantId: z.string(), subjectId: z.string() }));
`;

const rules = () => `/** Whether a note says again what an earlier one said; capitals and spaces make no difference. */
export function isRepeated(text: string, earlier: readonly string[]): boolean {
  return earlier.some((other) => plain(other) === plain(text));
}

function plain(text: string): string {
  return text.trim().replace(/\\s+/g, " ").toLowerCase();
}
`;

const service = ({ slice, type, value }: SliceNames) => `import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { ${value}Errors, ${value}Noted } from "./contract.ts";
import type { ${type}NoteDto, Write${type}Note } from "./contract.ts";
import { isRepeated } from "./rules.ts";

/** Writes a note about a record. Refuses one that says the same again (\`${slice}/note-repeated\`). */
export async function write${type}Note(ctx: Ctx, input: Write${type}Note): Promise<${type}NoteDto> {
  if (isRepeated(input.text, await notesOn(ctx, input.subjectId))) {
    throw refusal(${value}Errors, "${slice}/note-repeated", { field: "text" });
  }

  const id = ctx.newId("note");
  ctx.audit({ action: "${slice}.note", entityId: input.subjectId, reason: input.text });
  ctx.emit(${value}Noted, id, { subjectId: input.subjectId });
  return { id, ...input };
}

/** How many notes a record has. */
export async function count${type}Notes(ctx: Ctx, subjectId: string): Promise<number> {
  const notes = await notesOn(ctx, subjectId);
  return notes.length;
}

async function notesOn(ctx: Ctx, subjectId: string): Promise<string[]> {
  const rows = await ctx.db.auditEvent.findMany({ where: { tenantId: ctx.tenant.id, entity: "${slice}", entityId: subjectId }, select: { reason: true } });
  return rows.flatMap(({ reason }) => reason ?? []);
}
`;

const router = ({ type, value, permission }: SliceNames) => `import { router, tenantProcedure } from "@atrium/api";
import { ${type}NoteDto, Write${type}Note } from "./contract.ts";
import { write${type}Note } from "./service.ts";

export const ${value}Router = router({
  writeNote: tenantProcedure("${permission}").input(Write${type}Note).output(${type}NoteDto)
    .mutation(({ ctx, input }) => write${type}Note(ctx, input)),
});
`;

const jobs = ({ room, slice, type, value }: SliceNames) => `import { tenantJob } from "@atrium/api";
import { ${value}Noted } from "./contract.ts";
import { count${type}Notes } from "./service.ts";

export const ${value}Jobs = [
  tenantJob({ id: "${room}/count-${slice}-notes", on: ${value}Noted }, ({ data, step, inTenant }) =>
    step.run("count", () => inTenant((ctx) => count${type}Notes(ctx, data.subjectId))),
  ),
];
`;

const rulesTest = () => `import { describe, expect, it } from "vitest";
import { isRepeated } from "./rules.ts";

describe("isRepeated", () => {
  it.each([
    ["Called twice", ["Called twice"], true],
    ["  called   TWICE ", ["Called twice"], true],
    ["Called once", ["Called twice"], false],
    ["Called twice", [], false],
  ])("finds that %o after %o is %s", (text, earlier, expected) => {
    expect(isRepeated(text, earlier)).toBe(expected);
  });
});
`;

const serviceTest = ({ room, slice, type, value }: SliceNames) => `import { callAs, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { describe, expect, it } from "vitest";
import { ${value}Router } from "./router.ts";

async function newCompany() {
  const database = await testDatabase();
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, ["owner"]);
  return callAs(${value}Router, { database, tenant, member });
}

const input = { subjectId: "emp_asha", text: "Called twice" };

describe("write${type}Note", () => {
  it("answers with the note and tells the news after the commit", async () => {
    const { call, sent } = await newCompany();
    const note = await call.writeNote(input);
    expect(note).toMatchObject(input);
    expect(sent).toMatchObject([{ name: "${room}/${slice}.noted", id: note.id, data: { subjectId: "emp_asha" } }]);
  });

  it("refuses a note that says the same again, and tells no news of it", async () => {
    const { call, sent } = await newCompany();
    await call.writeNote(input);
    await expect(call.writeNote({ ...input, text: "called  TWICE" })).rejects.toThrow("${slice}/note-repeated");
    expect(sent).toHaveLength(1);
  });

  it("knows nothing of another company's notes", async () => {
    const [acme, globex] = [await newCompany(), await newCompany()];
    await acme.call.writeNote(input);
    await expect(globex.call.writeNote(input)).resolves.toMatchObject(input);
  });
});
`;

/** The seven files of a slice. */
export function filesOf(names: SliceNames): Readonly<Record<string, string>> {
  return {
    "contract.ts": contract(names),
    "rules.ts": rules(),
    "service.ts": service(names),
    "router.ts": router(names),
    "jobs.ts": jobs(names),
    "rules.test.ts": rulesTest(),
    "service.int.test.ts": serviceTest(names),
  };
}
