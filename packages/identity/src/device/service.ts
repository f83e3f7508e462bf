import { ownMemberId } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { endSessions } from "../session/service.ts";
import { deviceErrors } from "./contract.ts";
import type { DeviceList, DeviceRef } from "./contract.ts";

/** Nobody has more browsers open than this; a list that goes on for ever would hide the odd one. */
const most = 100;

/** Where the caller is signed in at this moment. */
export async function listDevices(ctx: Ctx): Promise<DeviceList> {
  const { db, tenant, now, session } = ctx;
  const memberId = ownMemberId(ctx);
  const { sessionIdleMinutes } = await db.tenant.findUniqueOrThrow({ where: { id: tenant.id }, select: { sessionIdleMinutes: true } });
  const lastSeenAt = { gte: new Date(now.getTime() - sessionIdleMinutes * 60_000) };
  const open = await db.session.findMany({
    where: { tenantId: tenant.id, memberId, endedAt: null, expiresAt: { gt: now }, lastSeenAt },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: most,
    select: { id: true, userAgent: true, address: true, startedAt: true, lastSeenAt: true },
  });
  const devices = open.map((one) => ({ ...one, startedAt: one.startedAt.toISOString(), lastSeenAt: one.lastSeenAt.toISOString(), isThisOne: one.id === session?.id }));
  return { devices: [...devices.filter(({ isThisOne }) => isThisOne), ...devices.filter(({ isThisOne }) => !isThisOne)] };
}

/** Ends one of the caller's sessions. Throws `device/not-found`. */
export async function signOutDevice(ctx: Ctx, { id }: DeviceRef): Promise<void> {
  const ended = await endSessions(ctx, ownMemberId(ctx), "signed-out-elsewhere", { only: id });
  if (ended === 0) throw refusal(deviceErrors, "device/not-found");
}

/** Ends all of the caller's sessions but this one. */
export async function signOutOthers(ctx: Ctx): Promise<void> {
  await endSessions(ctx, ownMemberId(ctx), "signed-out-elsewhere", { except: ctx.session?.id });
}
