import { byteOrderMark, exportPage } from "@atrium/people";
import { EmployeeFilter } from "@atrium/people/contract";
import { csvAnswer } from "../../../../../server/csv-answer.ts";
import { memberRoute } from "../../../../../server/route.ts";

/** The list as its filter has it, as CSV. */
export const GET = memberRoute<{ readonly tenant: string }>("people:export", async (ctx, { request, again }) => {
  const filter = EmployeeFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
  const first = await exportPage(ctx, filter, null);
  async function* pieces(): AsyncGenerator<string, void> {
    yield byteOrderMark + first.lines;
    for (let after = first.next; after !== null; ) {
      const cursor = after;
      const page = await again((each) => exportPage(each, filter, cursor));
      yield page.lines;
      after = page.next;
    }
  }
  return () => csvAnswer(`people-${ctx.today}.csv`, pieces());
});
