import { archiveOf, beginExport } from "@atrium/identity";
import { bytesAnswer } from "../../../../../server/bytes-answer.ts";
import { memberRoute } from "../../../../../server/route.ts";

/** All that the company has, as one ZIP file. */
export const GET = memberRoute(
  "company:manage",
  async (ctx, { again }) => {
    beginExport(ctx);
    return () => bytesAnswer({ fileName: `${ctx.tenant.slug}-${ctx.today}.zip`, type: "application/zip" }, archiveOf(again));
  },
  { openWhen: ["expired"] },
);
