import { router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { ChangeRoles, InviteMember, LinkEmployee, ListMembers, MemberPage, MemberRef, MemberRow } from "./contract.ts";
import { changeRoles, deactivate, invite, linkEmployee, listMembers, reactivate, resendInvitation, withdrawInvitation } from "./service.ts";

/** Who may come in and what they may do is changed by somebody who has just proved who they are. */
const managing = tenantProcedure("members:manage", { stepUp: true });

export const memberRouter = router({
  list: tenantProcedure("members:read").input(ListMembers).output(MemberPage).query(({ ctx, input }) => listMembers(ctx, input)),
  changeRoles: managing.input(ChangeRoles).output(MemberRow).mutation(({ ctx, input }) => changeRoles(ctx, input)),
  linkEmployee: managing.input(LinkEmployee).output(MemberRow).mutation(({ ctx, input }) => linkEmployee(ctx, input)),
  invite: managing.input(InviteMember).output(MemberRow).mutation(({ ctx, input }) => invite(ctx, input)),
  resendInvitation: managing.input(MemberRef).output(z.void()).mutation(({ ctx, input }) => resendInvitation(ctx, input)),
  withdrawInvitation: managing.input(MemberRef).output(MemberRow).mutation(({ ctx, input }) => withdrawInvitation(ctx, input)),
  deactivate: managing.input(MemberRef).output(MemberRow).mutation(({ ctx, input }) => deactivate(ctx, input)),
  reactivate: managing.input(MemberRef).output(MemberRow).mutation(({ ctx, input }) => reactivate(ctx, input)),
});
