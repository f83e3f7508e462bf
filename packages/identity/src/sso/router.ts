import { router, steppedProcedure, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { identitySettings } from "../env.ts";
import { AddConnection, ChangeConnection, ConnectionDto, ConnectionRef, Connections, MyConnection } from "./contract.ts";
import { reach, redirectUriOf } from "./provider.ts";
import type { SsoSettings } from "./provider.ts";
import { addConnection, changeConnection, listConnections, myConnections, removeConnection, unlinkConnection } from "./service.ts";

/** This process's settings for talking to providers. */
export function ssoSettings(): SsoSettings {
  const { ATRIUM_URL, ATRIUM_SSO_INSIDE } = identitySettings();
  return { publicUrl: ATRIUM_URL.replace(/\/$/, ""), insideHosts: ATRIUM_SSO_INSIDE };
}

/** One's own ways in stay open whatever else one still has to do. */
const own = { openWhen: ["expired", "enrolling"] } as const;

export const ssoRouter = router({
  list: tenantProcedure("security:read")
    .output(Connections)
    .query(async ({ ctx }) => ({ rows: await listConnections(ctx), redirectUri: redirectUriOf(ssoSettings(), ctx.tenant.slug) })),
  add: steppedProcedure("security:manage", { stepUp: true })
    .input(AddConnection)
    .output(ConnectionDto)
    .mutation(async ({ ctx, input }) => {
      // Kept as the provider writes it; whoever made it is asked before anything is.
      const { issuer } = (await reach(input, ssoSettings())).serverMetadata();
      return ctx.transact((inside) => addConnection(inside, { ...input, issuer }));
    }),
  change: tenantProcedure("security:manage", { stepUp: true }).input(ChangeConnection).output(ConnectionDto).mutation(({ ctx, input }) => changeConnection(ctx, input)),
  remove: tenantProcedure("security:manage", { stepUp: true }).input(ConnectionRef).output(z.void()).mutation(({ ctx, input }) => removeConnection(ctx, input)),
  mine: tenantProcedure("home:read", own).output(z.array(MyConnection)).query(({ ctx }) => myConnections(ctx)),
  /** Does nothing but ask for the fresh proof that the way to the provider wants. */
  prepareLink: tenantProcedure("home:read", { ...own, stepUp: true }).output(z.void()).mutation(() => undefined),
  unlink: tenantProcedure("home:read", { ...own, stepUp: true }).input(ConnectionRef).output(z.void()).mutation(({ ctx, input }) => unlinkConnection(ctx, input)),
});
