import { router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { DeviceList, DeviceRef } from "./contract.ts";
import { listDevices, signOutDevice, signOutOthers } from "./service.ts";

const open = { openWhen: ["expired", "enrolling"] } as const;

export const deviceRouter = router({
  list: tenantProcedure("home:read", open).output(DeviceList).query(({ ctx }) => listDevices(ctx)),
  signOut: tenantProcedure("home:read", open).input(DeviceRef).output(z.void()).mutation(({ ctx, input }) => signOutDevice(ctx, input)),
  signOutOthers: tenantProcedure("home:read", open).output(z.void()).mutation(({ ctx }) => signOutOthers(ctx)),
});
