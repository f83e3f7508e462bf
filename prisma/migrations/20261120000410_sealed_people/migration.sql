-- PAN, UAN, Aadhaar and bank account as text that opens with the company's key alone, with what may be seen of each beside it.

-- A clean cut (ops/adr/0007): the database cannot seal what stood here, and no installation holds a real one yet.
ALTER TABLE "employee"
  DROP COLUMN "pan",
  DROP COLUMN "uan",
  DROP COLUMN "bank_account",
  ADD COLUMN "pan_sealed" TEXT,
  ADD COLUMN "pan_masked" TEXT,
  -- Equal for equal numbers of one company, and otherwise telling nothing.
  ADD COLUMN "pan_index" TEXT,
  ADD COLUMN "uan_sealed" TEXT,
  ADD COLUMN "uan_masked" TEXT,
  ADD COLUMN "aadhaar_sealed" TEXT,
  ADD COLUMN "aadhaar_masked" TEXT,
  ADD COLUMN "aadhaar_index" TEXT,
  ADD COLUMN "bank_account_sealed" TEXT,
  ADD COLUMN "bank_account_masked" TEXT,
  ADD CONSTRAINT "employee_pan_whole" CHECK (num_nulls("pan_sealed", "pan_masked", "pan_index") IN (0, 3)),
  ADD CONSTRAINT "employee_uan_whole" CHECK (num_nulls("uan_sealed", "uan_masked") IN (0, 2)),
  ADD CONSTRAINT "employee_aadhaar_whole" CHECK (num_nulls("aadhaar_sealed", "aadhaar_masked", "aadhaar_index") IN (0, 3)),
  ADD CONSTRAINT "employee_bank_account_whole" CHECK (num_nulls("bank_account_sealed", "bank_account_masked") IN (0, 2)),
  -- What is meant to be masked is: a whole number in these columns is a mistake of the program.
  ADD CONSTRAINT "employee_masks" CHECK (
    "pan_masked" ~ '^XXXXX[0-9]{4}[A-Z]$' AND "uan_masked" ~ '^X{8}[0-9]{4}$'
    AND "aadhaar_masked" ~ '^X{8}[0-9]{4}$' AND "bank_account_masked" ~ '^X{8}[0-9]{4}$');

-- Two unknown numbers do not collide: NULLs are distinct.
CREATE UNIQUE INDEX "employee_tenant_id_pan_index_key" ON "employee" ("tenant_id", "pan_index");
CREATE UNIQUE INDEX "employee_tenant_id_aadhaar_index_key" ON "employee" ("tenant_id", "aadhaar_index");

-- The cells of a row that are nobody's business, sealed together; in the payload stand their masks.
ALTER TABLE "employee_import_row" ADD COLUMN "cells_sealed" TEXT;
-- Since when its file and what its rows said are gone.
ALTER TABLE "employee_import" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3);

-- What older versions left in plain text. The owner sees a company's rows only while the policies do not bind it.
ALTER TABLE "employee_import_row" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "payslip" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "payroll_run_input" NO FORCE ROW LEVEL SECURITY;
UPDATE "employee_import_row" SET "payload" = "payload" - '{pan,uan,bankAccount}'::text[];
UPDATE "payslip" SET "snapshot" = "snapshot" - 'uan' || jsonb_build_object('uanMasked', 'XXXXXXXX' || right("snapshot"->>'uan', 4));
UPDATE "payroll_run_input" SET "snapshot" = "snapshot" - 'uan' || jsonb_build_object('uanMasked', 'XXXXXXXX' || right("snapshot"->>'uan', 4));
ALTER TABLE "payroll_run_input" FORCE ROW LEVEL SECURITY;
ALTER TABLE "payslip" FORCE ROW LEVEL SECURITY;
ALTER TABLE "employee_import_row" FORCE ROW LEVEL SECURITY;
