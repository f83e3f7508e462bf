-- Salaries, what a month changes, the payroll run and its payslips. All money is paise.

-- A salary holds from the first day of a month, so that a month has one rate.
CREATE TABLE "salary" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "employee_id" TEXT NOT NULL,
  "effective_from" DATE NOT NULL CHECK (EXTRACT(DAY FROM "effective_from") = 1),
  "basic_minor" BIGINT NOT NULL CHECK ("basic_minor" >= 0),
  "hra_minor" BIGINT NOT NULL CHECK ("hra_minor" >= 0),
  "allowance_minor" BIGINT NOT NULL CHECK ("allowance_minor" >= 0),
  "is_pf_member" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "salary_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "salary_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "salary_employee_fkey" FOREIGN KEY ("tenant_id", "employee_id") REFERENCES "employee" ("tenant_id", "id")
);
CREATE UNIQUE INDEX "salary_tenant_id_employee_id_effective_from_key" ON "salary" ("tenant_id", "employee_id", "effective_from");
CALL app.protect_tenant_table('salary', 'SELECT', 'INSERT', 'UPDATE');

-- What a person entered for one employee and one month. Days of loss of pay are counted in halves.
CREATE TABLE "month_input" (
  "tenant_id" TEXT NOT NULL,
  "period" TEXT NOT NULL CHECK ("period" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  "employee_id" TEXT NOT NULL,
  "loss_of_pay_half_days" INTEGER NOT NULL CHECK ("loss_of_pay_half_days" BETWEEN 1 AND 62),
  CONSTRAINT "month_input_pkey" PRIMARY KEY ("tenant_id", "period", "employee_id"),
  CONSTRAINT "month_input_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "month_input_employee_fkey" FOREIGN KEY ("tenant_id", "employee_id") REFERENCES "employee" ("tenant_id", "id")
);
CREATE INDEX "month_input_tenant_id_employee_id_idx" ON "month_input" ("tenant_id", "employee_id");
CALL app.protect_tenant_table('month_input', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

CREATE TABLE "payroll_run" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "period" TEXT NOT NULL CHECK ("period" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  "status" TEXT NOT NULL
    CHECK ("status" IN ('queued', 'computing', 'computed', 'approved', 'publishing', 'published', 'failed', 'cancelled')),
  "attempt" INTEGER NOT NULL DEFAULT 1,
  "started_by" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "queued_at" TIMESTAMPTZ(3) NOT NULL,
  "computing_at" TIMESTAMPTZ(3),
  "computed_at" TIMESTAMPTZ(3),
  "approved_by" TEXT,
  "approved_at" TIMESTAMPTZ(3),
  "published_at" TIMESTAMPTZ(3),
  "cancel_requested_at" TIMESTAMPTZ(3),
  "failure" TEXT,
  "employees" INTEGER NOT NULL,
  "left_out" JSONB NOT NULL,
  "rule_versions" JSONB NOT NULL,
  "gross_minor" BIGINT,
  "deductions_minor" BIGINT,
  "net_minor" BIGINT,
  "employer_minor" BIGINT,
  CONSTRAINT "payroll_run_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "payroll_run_net" CHECK ("net_minor" = "gross_minor" - "deductions_minor"),
  CONSTRAINT "payroll_run_two_people" CHECK ("approved_by" <> "started_by"),
  CONSTRAINT "payroll_run_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "payroll_run_started_by_fkey" FOREIGN KEY ("tenant_id", "started_by") REFERENCES "member" ("tenant_id", "id"),
  CONSTRAINT "payroll_run_approved_by_fkey" FOREIGN KEY ("tenant_id", "approved_by") REFERENCES "member" ("tenant_id", "id")
);
-- A month is paid once: the second start of two at the same moment finds the first one here.
CREATE UNIQUE INDEX "payroll_run_live_key" ON "payroll_run" ("tenant_id", "period") WHERE "status" NOT IN ('failed', 'cancelled');
CREATE INDEX "payroll_run_tenant_id_period_id_idx" ON "payroll_run" ("tenant_id", "period", "id");
CREATE INDEX "payroll_run_tenant_id_started_by_idx" ON "payroll_run" ("tenant_id", "started_by");
CREATE INDEX "payroll_run_tenant_id_approved_by_idx" ON "payroll_run" ("tenant_id", "approved_by");
CALL app.protect_tenant_table('payroll_run', 'SELECT', 'INSERT', 'UPDATE');

-- What the engine is given, frozen when the run starts: a retry next week computes the same figures.
CREATE TABLE "payroll_run_input" (
  "tenant_id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "employee_id" TEXT NOT NULL,
  "snapshot" JSONB NOT NULL,
  CONSTRAINT "payroll_run_input_pkey" PRIMARY KEY ("tenant_id", "run_id", "employee_id"),
  CONSTRAINT "payroll_run_input_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "payroll_run_input_run_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "payroll_run" ("tenant_id", "id")
);
CALL app.protect_tenant_table('payroll_run_input', 'SELECT', 'INSERT');

CREATE TABLE "payroll_run_chunk" (
  "tenant_id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "first_employee_id" TEXT NOT NULL,
  "last_employee_id" TEXT NOT NULL,
  "employees" INTEGER NOT NULL,
  "gross_minor" BIGINT NOT NULL DEFAULT 0,
  "deductions_minor" BIGINT NOT NULL DEFAULT 0,
  "net_minor" BIGINT NOT NULL DEFAULT 0,
  "employer_minor" BIGINT NOT NULL DEFAULT 0,
  "done_at" TIMESTAMPTZ(3),
  CONSTRAINT "payroll_run_chunk_pkey" PRIMARY KEY ("tenant_id", "run_id", "number"),
  CONSTRAINT "payroll_run_chunk_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "payroll_run_chunk_run_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "payroll_run" ("tenant_id", "id")
);
CALL app.protect_tenant_table('payroll_run_chunk');

CREATE TABLE "payslip" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "employee_id" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "employee_code" TEXT NOT NULL,
  "snapshot" JSONB NOT NULL,
  "lines" JSONB NOT NULL,
  "gross_minor" BIGINT NOT NULL,
  "deductions_minor" BIGINT NOT NULL,
  "net_minor" BIGINT NOT NULL,
  "employer_minor" BIGINT NOT NULL,
  "published_at" TIMESTAMPTZ(3),
  CONSTRAINT "payslip_net" CHECK ("net_minor" = "gross_minor" - "deductions_minor"),
  CONSTRAINT "payslip_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "payslip_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "payslip_run_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "payroll_run" ("tenant_id", "id"),
  CONSTRAINT "payslip_employee_fkey" FOREIGN KEY ("tenant_id", "employee_id") REFERENCES "employee" ("tenant_id", "id")
);
CREATE UNIQUE INDEX "payslip_tenant_id_run_id_employee_id_key" ON "payslip" ("tenant_id", "run_id", "employee_id");
CREATE INDEX "payslip_tenant_id_run_id_employee_code_id_idx" ON "payslip" ("tenant_id", "run_id", "employee_code", "id");
CREATE INDEX "payslip_tenant_id_employee_id_period_idx" ON "payslip" ("tenant_id", "employee_id", "period");
CALL app.protect_tenant_table('payslip', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');
-- What has been given out stays as it is; a mistake found later is corrected by another month, never by rewriting.
CREATE POLICY published_stays ON "payslip" AS RESTRICTIVE FOR UPDATE TO atrium_app USING ("published_at" IS NULL) WITH CHECK (true);
CREATE POLICY published_is_kept ON "payslip" AS RESTRICTIVE FOR DELETE TO atrium_app USING ("published_at" IS NULL);
