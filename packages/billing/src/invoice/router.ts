import { router, tenantProcedure } from "@atrium/api";
import { GetInvoice, InvoiceDto, InvoicePage, ListInvoices } from "./contract.ts";
import { getInvoice, listInvoices } from "./service.ts";

// Open when the subscription is over: what is owed has to be seen.
export const invoiceRouter = router({
  list: tenantProcedure("billing:read", { openWhen: ["expired"] }).input(ListInvoices).output(InvoicePage).query(({ ctx, input }) => listInvoices(ctx, input)),
  get: tenantProcedure("billing:read", { openWhen: ["expired"] }).input(GetInvoice).output(InvoiceDto).query(({ ctx, input }) => getInvoice(ctx, input)),
});
