import { makeMember, requestAs } from "@atrium/api/testing";
import type { RequestContext } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { permissions, roleGrants, roles } from "@atrium/kernel";
import { callTRPCProcedure } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "./routers.ts";

/** Procedures that anybody may call. The list may only shrink. */
const publicProcedures: readonly string[] = [
  // Whoever forgot their password, or opens a link from a mail, has no session yet; the link is what they prove themselves with.
  "identity.credentials.acceptInvitation",
  "identity.credentials.askReset",
  "identity.credentials.confirmEmail",
  "identity.credentials.openLink",
  "identity.credentials.reset",
];

const procedureSchema = z.object({
  _def: z.object({ type: z.enum(["query", "mutation", "subscription"]), meta: z.object({ permission: z.enum(permissions).optional() }).optional() }),
});

// At run time this is a flat list of all procedures by their path; a procedure is a function with a description on it.
const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { type, meta } = procedureSchema.parse({ ...procedure })._def;
  return { path, type, permission: meta?.permission };
});
const guarded = procedures.filter(({ path }) => !publicProcedures.includes(path));

/** What a call to this procedure is refused with; "answered" when it is not. */
async function outcomeOf({ path, type }: (typeof procedures)[number], ctx: RequestContext): Promise<string> {
  try {
    await callTRPCProcedure({ router: appRouter, path, type, ctx, getRawInput: async () => undefined, signal: undefined, batchIndex: 0 });
    return "answered";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const outcomes = async (ctx: RequestContext) => Object.fromEntries(await Promise.all(guarded.map(async (one) => [one.path, await outcomeOf(one, ctx)] as const)));
const all = (outcome: string) => Object.fromEntries(guarded.map(({ path }) => [path, outcome]));

describe("every door of the house", () => {
  it("declares the permission that opens it, or stands in the list of public ones", () => {
    expect(guarded.filter(({ permission }) => permission === undefined)).toEqual([]);
    expect(publicProcedures.filter((path) => !procedures.some((one) => one.path === path))).toEqual([]);
    expect(procedures.length).toBeGreaterThan(0);
  });

  it("is closed to somebody who has not signed in", async () => {
    const { request } = requestAs({ database: await testDatabase(), tenant: await makeTenant(), member: undefined });
    expect(await outcomes(request)).toEqual(all("session/missing"));
  });

  it("is closed at one company's path to the owner of another", async () => {
    const [database, tenant, sessionTenant] = [await testDatabase(), await makeTenant(), await makeTenant()];
    const member = await makeMember(database, sessionTenant, ["owner"]);
    expect(await outcomes(requestAs({ database, tenant, sessionTenant, member }).request)).toEqual(all("tenant_mismatch"));
  });

  it("is closed to a member without any role", async () => {
    const [database, tenant] = [await testDatabase(), await makeTenant()];
    const member = await makeMember(database, tenant, []);
    expect(await outcomes(requestAs({ database, tenant, member }).request)).toEqual(all("permission/missing"));
  });

  it("opens to the roles in the committed table, as far as it says", async () => {
    const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(column === 0 ? 44 : 16)).join(" ").trimEnd();
    const reach = (permission: (typeof permissions)[number] | undefined) => roles.map((role) => (permission && roleGrants[role][permission]) ?? "·");
    const table = [
      line(["permission", "", ...roles]),
      ...permissions.map((permission) => line([permission, "", ...reach(permission)])),
      "",
      line(["procedure", "permission", ...roles]),
      ...procedures.toSorted((one, other) => one.path.localeCompare(other.path)).map(({ path, permission }) => line([path, permission ?? "public", ...reach(permission)])),
      "",
    ].join("\n");
    await expect(table).toMatchFileSnapshot("./door.table.txt");
  });
});
