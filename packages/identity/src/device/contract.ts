import { defineErrors, idSchema } from "@atrium/kernel";
import { z } from "zod";

/** A browser in which the caller is signed in. */
export const DeviceRow = z.object({
  /** The id of its session. */
  id: z.string(),
  /** As the browser names itself. */
  userAgent: z.string(),
  address: z.string(),
  startedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  isThisOne: z.boolean(),
});
export type DeviceRow = z.output<typeof DeviceRow>;

/** This one first, then as they were last seen. */
export const DeviceList = z.object({ devices: z.array(DeviceRow) });
export type DeviceList = z.output<typeof DeviceList>;

export const DeviceRef = z.object({ id: idSchema("ses") });
export type DeviceRef = z.output<typeof DeviceRef>;

export const deviceErrors = defineErrors({ "device/not-found": "not-found" });
