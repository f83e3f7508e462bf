-- An employee signs in as one member: whose payslips these are must have one answer.
DROP INDEX "member_tenant_id_employee_id_idx";
CREATE UNIQUE INDEX "member_tenant_id_employee_id_key" ON "member" ("tenant_id", "employee_id");
