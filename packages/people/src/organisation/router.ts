import { router, tenantProcedure } from "@atrium/api";
import { AddDepartment, Added, AddLocation, Organisation } from "./contract.ts";
import { addDepartment, addLocation, listOrganisation } from "./service.ts";

export const organisationRouter = router({
  list: tenantProcedure("people:read").output(Organisation).query(({ ctx }) => listOrganisation(ctx)),
  addDepartment: tenantProcedure("people:write").input(AddDepartment).output(Added).mutation(({ ctx, input }) => addDepartment(ctx, input)),
  addLocation: tenantProcedure("people:write").input(AddLocation).output(Added).mutation(({ ctx, input }) => addLocation(ctx, input)),
});
