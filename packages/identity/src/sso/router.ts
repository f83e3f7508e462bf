import { openAlways, router, steppedProcedure, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { AddConnection, ChangeConnection, ConnectionDto, ConnectionRef, Connections, MyConnection } from "./contract.ts";
import { changeConnection, describeConnections, myConnections, reachAndAdd, removeConnection, unlinkConnection } from "./service.ts";

export const ssoRouter = router({
  list: tenantProcedure("security:read").output(Connections).query(({ ctx }) => describeConnections(ctx)),
  add: steppedProcedure("security:manage", { stepUp: true }).input(AddConnection).output(ConnectionDto).mutation(({ ctx, input }) => reachAndAdd(ctx.transact, input)),
  change: tenantProcedure("security:manage", { stepUp: true }).input(ChangeConnection).output(ConnectionDto).mutation(({ ctx, input }) => changeConnection(ctx, input)),
  remove: tenantProcedure("security:manage", { stepUp: true }).input(ConnectionRef).output(z.void()).mutation(({ ctx, input }) => removeConnection(ctx, input)),
  mine: tenantProcedure("home:read", openAlways).output(z.array(MyConnection)).query(({ ctx }) => myConnections(ctx)),
  /** Does nothing but ask for the fresh proof that the way to the provider wants. */
  prepareLink: tenantProcedure("home:read", { ...openAlways, stepUp: true }).output(z.void()).mutation(() => undefined),
  unlink: tenantProcedure("home:read", { ...openAlways, stepUp: true }).input(ConnectionRef).output(z.void()).mutation(({ ctx, input }) => unlinkConnection(ctx, input)),
});
