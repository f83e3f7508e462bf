import { exportPage } from "@atrium/people";
import { EmployeeFilter } from "@atrium/people/contract";
import { csvAnswer, stretches } from "../../../../../server/csv-answer.ts";
import { memberRoute } from "../../../../../server/route.ts";

/** The list as its filter has it, as CSV. */
export const GET = memberRoute<{ readonly tenant: string }>("people:export", async (ctx, { request, again }) => {
  const filter = EmployeeFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
  const first = await exportPage(ctx, filter, null);
  return () => csvAnswer(`people-${ctx.today}.csv`, stretches(first, (after) => again((next) => exportPage(next, filter, after))));
}, { stepUp: true, openWhen: ["expired"] });
