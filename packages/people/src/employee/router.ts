import { router, tenantProcedure } from "@atrium/api";
import {
  CreateEmployee, EmployeeHistory, EmployeeHits, EmployeePage, EmployeeRecord, EmployeeSaved, HistoryPage, ListEmployees, OneEmployee, PeopleHome,
  RevealEmployee, Revealed, SearchEmployees, UpdateEmployee,
} from "./contract.ts";
import {
  createEmployee, employeeHistory, getEmployee, listEmployees, peopleHome, revealEmployee, searchEmployees, updateEmployee,
} from "./service.ts";

export const employeeRouter = router({
  list: tenantProcedure("people:read").input(ListEmployees).output(EmployeePage).query(({ ctx, input }) => listEmployees(ctx, input)),
  search: tenantProcedure("people:read").input(SearchEmployees).output(EmployeeHits).query(({ ctx, input }) => searchEmployees(ctx, input)),
  get: tenantProcedure("people:read").input(OneEmployee).output(EmployeeRecord).query(({ ctx, input }) => getEmployee(ctx, input)),
  history: tenantProcedure("people:read").input(EmployeeHistory).output(HistoryPage).query(({ ctx, input }) => employeeHistory(ctx, input)),
  home: tenantProcedure("people:read").output(PeopleHome).query(({ ctx }) => peopleHome(ctx)),
  create: tenantProcedure("people:write").input(CreateEmployee).output(EmployeeSaved).mutation(({ ctx, input }) => createEmployee(ctx, input)),
  update: tenantProcedure("people:write").input(UpdateEmployee).output(EmployeeSaved).mutation(({ ctx, input }) => updateEmployee(ctx, input)),
  reveal: tenantProcedure("people:reveal", { stepUp: true }).input(RevealEmployee).output(Revealed).mutation(({ ctx, input }) => revealEmployee(ctx, input)),
});
