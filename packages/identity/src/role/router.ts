import { router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { CreateRole, RemoveRole, RoleList, RoleRow, UpdateRole } from "./contract.ts";
import { createRole, listRoles, removeRole, updateRole } from "./service.ts";

export const roleRouter = router({
  list: tenantProcedure("roles:read").output(RoleList).query(({ ctx }) => listRoles(ctx)),
  create: tenantProcedure("roles:manage", { stepUp: true }).input(CreateRole).output(RoleRow).mutation(({ ctx, input }) => createRole(ctx, input)),
  update: tenantProcedure("roles:manage", { stepUp: true }).input(UpdateRole).output(RoleRow).mutation(({ ctx, input }) => updateRole(ctx, input)),
  remove: tenantProcedure("roles:manage", { stepUp: true }).input(RemoveRole).output(z.void()).mutation(({ ctx, input }) => removeRole(ctx, input)),
});
