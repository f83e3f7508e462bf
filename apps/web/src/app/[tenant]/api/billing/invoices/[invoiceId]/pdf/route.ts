import { invoicePdf } from "@atrium/billing";
import { GetInvoice } from "@atrium/billing/contract";
import { memberRoute } from "../../../../../../../server/route.ts";

/** An invoice as a document to keep. Open when the subscription is over: what is owed has to be seen. */
export const GET = memberRoute<{ readonly tenant: string; readonly invoiceId: string }>(
  "billing:read",
  async (ctx, { params }) => {
    const { fileName, draw } = await invoicePdf(ctx, GetInvoice.parse(params));
    return async () =>
      new Response(await draw(), {
        headers: { "content-type": "application/pdf", "content-disposition": `attachment; filename="${fileName}"`, "cache-control": "no-store" },
      });
  },
  { openWhen: ["expired"] },
);
