import { openAlways, router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { DeviceList, DeviceRef } from "./contract.ts";
import { listDevices, signOutDevice, signOutOthers } from "./service.ts";

export const deviceRouter = router({
  list: tenantProcedure("home:read", openAlways).output(DeviceList).query(({ ctx }) => listDevices(ctx)),
  signOut: tenantProcedure("home:read", openAlways).input(DeviceRef).output(z.void()).mutation(({ ctx, input }) => signOutDevice(ctx, input)),
  signOutOthers: tenantProcedure("home:read", openAlways).output(z.void()).mutation(({ ctx }) => signOutOthers(ctx)),
});
