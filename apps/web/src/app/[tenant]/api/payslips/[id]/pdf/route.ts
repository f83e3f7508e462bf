import { payslipPdf } from "@atrium/payroll";
import { GetPayslip } from "@atrium/payroll/contract";
import { memberRoute } from "../../../../../../server/route.ts";

/** A payslip as a document to keep: one's own, or anybody's for whoever runs the payroll. */
export const GET = memberRoute<{ readonly tenant: string; readonly id: string }>("payslip:read", async (ctx, { params }) => {
  const { fileName, draw } = await payslipPdf(ctx, GetPayslip.parse(params));
  return async () =>
    new Response(await draw(), {
      headers: { "content-type": "application/pdf", "content-disposition": `attachment; filename="${fileName}"`, "cache-control": "no-store" },
    });
});
