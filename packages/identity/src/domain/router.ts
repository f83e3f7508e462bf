import { router, steppedProcedure, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { identitySettings } from "../env.ts";
import type { IdentitySettings } from "../env.ts";
import { AddDomain, DomainDto, DomainRef } from "./contract.ts";
import { askDns } from "./dns.ts";
import { addDomain, listDomains, removeDomain, verifyDomain } from "./service.ts";

/** The names under which the house itself is reached. */
const ownHosts = ({ ATRIUM_URL, ATRIUM_TENANT_HOSTS }: IdentitySettings): readonly string[] =>
  [new URL(ATRIUM_URL).hostname, ATRIUM_TENANT_HOSTS?.replace(/^\./, "") ?? ""].filter((host) => host !== "");

export const domainRouter = router({
  list: tenantProcedure("security:read").output(z.array(DomainDto)).query(({ ctx }) => listDomains(ctx)),
  add: tenantProcedure("security:manage").input(AddDomain).output(DomainDto).mutation(({ ctx, input }) => addDomain(ctx, input, ownHosts(identitySettings()))),
  verify: steppedProcedure("security:manage", { stepUp: true })
    .input(DomainRef)
    .output(DomainDto)
    .mutation(({ ctx, input }) => verifyDomain(ctx.transact, input, askDns(identitySettings().ATRIUM_DNS_SERVERS))),
  remove: tenantProcedure("security:manage", { stepUp: true }).input(DomainRef).output(z.void()).mutation(({ ctx, input }) => removeDomain(ctx, input)),
});
