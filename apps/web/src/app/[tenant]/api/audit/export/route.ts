import { exportAudit } from "@atrium/identity";
import { AuditFilter } from "@atrium/identity/contract";
import { csvAnswer, stretches } from "../../../../../server/csv-answer.ts";
import { memberRoute } from "../../../../../server/route.ts";

/** The trail as its filter has it, as CSV. Whoever takes it away has just proved who they are. */
export const GET = memberRoute<{ readonly tenant: string }>(
  "audit:export",
  async (ctx, { request, again }) => {
    const filter = AuditFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
    const first = await exportAudit(ctx, filter, null);
    return () => csvAnswer(`audit-${ctx.today}.csv`, stretches(first, (after) => again((next) => exportAudit(next, filter, after))));
  },
  { stepUp: true },
);
