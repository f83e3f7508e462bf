import { router, tenantProcedure } from "@atrium/api";
import { AuditActions, AuditPage, AuditRecord, OneAuditRow, SearchAudit } from "./contract.ts";
import { getAuditRow, listActions, searchAudit } from "./service.ts";

export const auditRouter = router({
  search: tenantProcedure("audit:read").input(SearchAudit).output(AuditPage).query(({ ctx, input }) => searchAudit(ctx, input)),
  get: tenantProcedure("audit:read").input(OneAuditRow).output(AuditRecord).query(({ ctx, input }) => getAuditRow(ctx, input)),
  actions: tenantProcedure("audit:read").output(AuditActions).query(({ ctx }) => listActions(ctx)),
});
