import { router, tenantProcedure } from "@atrium/api";
import { CommitImport, ImportList, ImportRecord, ImportRowPage, ListImportRows, OneImport } from "./contract.ts";
import { cancelImport, commitImport, getImport, listImportRows, listImports, recheckImport } from "./service.ts";

const procedure = tenantProcedure("people:import");

export const importRouter = router({
  list: procedure.output(ImportList).query(({ ctx }) => listImports(ctx)),
  get: procedure.input(OneImport).output(ImportRecord).query(({ ctx, input }) => getImport(ctx, input)),
  rows: procedure.input(ListImportRows).output(ImportRowPage).query(({ ctx, input }) => listImportRows(ctx, input)),
  commit: procedure.input(CommitImport).output(ImportRecord).mutation(({ ctx, input }) => commitImport(ctx, input)),
  recheck: procedure.input(OneImport).output(ImportRecord).mutation(({ ctx, input }) => recheckImport(ctx, input)),
  cancel: procedure.input(OneImport).output(ImportRecord).mutation(({ ctx, input }) => cancelImport(ctx, input)),
});
