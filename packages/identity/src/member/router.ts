import { router, tenantProcedure } from "@atrium/api";
import { ChangeRoles, LinkEmployee, ListMembers, MemberPage, MemberRow } from "./contract.ts";
import { changeRoles, linkEmployee, listMembers } from "./service.ts";

export const memberRouter = router({
  list: tenantProcedure("members:read").input(ListMembers).output(MemberPage).query(({ ctx, input }) => listMembers(ctx, input)),
  changeRoles: tenantProcedure("members:manage", { stepUp: true }).input(ChangeRoles).output(MemberRow).mutation(({ ctx, input }) => changeRoles(ctx, input)),
  linkEmployee: tenantProcedure("members:manage").input(LinkEmployee).output(MemberRow).mutation(({ ctx, input }) => linkEmployee(ctx, input)),
});
