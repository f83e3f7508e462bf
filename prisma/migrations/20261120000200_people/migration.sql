-- The organisation, its people, and the import of joiners.

CREATE TABLE "location" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL CHECK (length("name") BETWEEN 1 AND 120),
  "name_lower" TEXT GENERATED ALWAYS AS (lower("name")) STORED,
  "state" TEXT NOT NULL CHECK ("state" ~ '^[A-Z]{2}$'),
  "time_zone" TEXT NOT NULL DEFAULT 'Asia/Kolkata',
  CONSTRAINT "location_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "location_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE UNIQUE INDEX "location_tenant_id_name_lower_key" ON "location" ("tenant_id", "name_lower");
CALL app.protect_tenant_table('location', 'SELECT', 'INSERT', 'UPDATE');

CREATE TABLE "department" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL CHECK (length("name") BETWEEN 1 AND 120),
  "name_lower" TEXT GENERATED ALWAYS AS (lower("name")) STORED,
  "parent_id" TEXT CHECK ("parent_id" <> "id"),
  CONSTRAINT "department_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "department_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "department_parent_fkey" FOREIGN KEY ("tenant_id", "parent_id") REFERENCES "department" ("tenant_id", "id")
);
CREATE UNIQUE INDEX "department_tenant_id_name_lower_key" ON "department" ("tenant_id", "name_lower");
CREATE INDEX "department_tenant_id_parent_id_idx" ON "department" ("tenant_id", "parent_id");
CALL app.protect_tenant_table('department', 'SELECT', 'INSERT', 'UPDATE');

-- Lists sort and search by the generated columns: lower() is not leakproof, so under row-level security a query's own
-- lower() would be evaluated on every row and could use no index.
CREATE TABLE "employee" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "code" TEXT NOT NULL CHECK (length("code") BETWEEN 1 AND 30),
  "code_lower" TEXT GENERATED ALWAYS AS (lower("code")) STORED,
  "full_name" TEXT NOT NULL CHECK (length("full_name") BETWEEN 1 AND 200),
  "name_lower" TEXT GENERATED ALWAYS AS (lower("full_name")) STORED,
  "search_text" TEXT GENERATED ALWAYS AS (lower("full_name" || ' ' || "code" || ' ' || COALESCE("email", ''))) STORED,
  "email" TEXT CHECK (length("email") <= 254),
  "phone" TEXT,
  "gender" TEXT NOT NULL CHECK ("gender" IN ('female', 'male', 'other', 'undisclosed')),
  "date_of_birth" DATE,
  "joined_on" DATE NOT NULL,
  "left_on" DATE,
  "designation" TEXT,
  "department_id" TEXT NOT NULL,
  "location_id" TEXT NOT NULL,
  "manager_id" TEXT CHECK ("manager_id" <> "id"),
  "pan" TEXT CHECK ("pan" ~ '^[A-Z]{5}[0-9]{4}[A-Z]$'),
  "uan" TEXT CHECK ("uan" ~ '^[0-9]{12}$'),
  "bank_account" TEXT CHECK ("bank_account" ~ '^[0-9]{9,18}$'),
  "bank_ifsc" TEXT CHECK ("bank_ifsc" ~ '^[A-Z]{4}0[A-Z0-9]{6}$'),
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "employee_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "employee_leaves_after_joining" CHECK ("left_on" >= "joined_on"),
  CONSTRAINT "employee_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "employee_department_fkey" FOREIGN KEY ("tenant_id", "department_id") REFERENCES "department" ("tenant_id", "id"),
  CONSTRAINT "employee_location_fkey" FOREIGN KEY ("tenant_id", "location_id") REFERENCES "location" ("tenant_id", "id"),
  CONSTRAINT "employee_manager_fkey" FOREIGN KEY ("tenant_id", "manager_id") REFERENCES "employee" ("tenant_id", "id")
);
CREATE UNIQUE INDEX "employee_tenant_id_code_lower_key" ON "employee" ("tenant_id", "code_lower");
-- Two unknown PANs do not collide: NULLs are distinct.
CREATE UNIQUE INDEX "employee_tenant_id_pan_key" ON "employee" ("tenant_id", "pan");
CREATE INDEX "employee_tenant_id_name_lower_id_idx" ON "employee" ("tenant_id", "name_lower", "id");
CREATE INDEX "employee_tenant_id_code_lower_id_idx" ON "employee" ("tenant_id", "code_lower", "id");
CREATE INDEX "employee_tenant_id_joined_on_id_idx" ON "employee" ("tenant_id", "joined_on", "id");
CREATE INDEX "employee_tenant_id_department_id_idx" ON "employee" ("tenant_id", "department_id");
CREATE INDEX "employee_tenant_id_location_id_idx" ON "employee" ("tenant_id", "location_id");
CREATE INDEX "employee_tenant_id_manager_id_idx" ON "employee" ("tenant_id", "manager_id");
CALL app.protect_tenant_table('employee', 'SELECT', 'INSERT', 'UPDATE');

ALTER TABLE "member" ADD CONSTRAINT "member_employee_fkey"
  FOREIGN KEY ("tenant_id", "employee_id") REFERENCES "employee" ("tenant_id", "id");

CREATE TABLE "employee_import" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "file_name" TEXT NOT NULL CHECK (length("file_name") BETWEEN 1 AND 255),
  "file_key" TEXT NOT NULL,
  "file_bytes" INTEGER NOT NULL CHECK ("file_bytes" >= 0),
  "status" TEXT NOT NULL
    CHECK ("status" IN ('uploaded', 'checking', 'checked', 'committing', 'done', 'failed', 'cancelled')),
  "mode" TEXT CHECK ("mode" IN ('good-rows', 'all-or-none')),
  "attempt" INTEGER NOT NULL DEFAULT 1,
  "total_rows" INTEGER NOT NULL DEFAULT 0,
  "good_rows" INTEGER NOT NULL DEFAULT 0,
  "bad_rows" INTEGER NOT NULL DEFAULT 0,
  "done_rows" INTEGER NOT NULL DEFAULT 0,
  "headers" JSONB,
  "problem" TEXT,
  "problem_params" JSONB,
  "created_by" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "started_at" TIMESTAMPTZ(3),
  "checked_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "employee_import_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "employee_import_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "employee_import_creator_fkey" FOREIGN KEY ("tenant_id", "created_by") REFERENCES "member" ("tenant_id", "id")
);
CREATE INDEX "employee_import_tenant_id_created_by_idx" ON "employee_import" ("tenant_id", "created_by");
CALL app.protect_tenant_table('employee_import', 'SELECT', 'INSERT', 'UPDATE');

CREATE TABLE "employee_import_row" (
  "tenant_id" TEXT NOT NULL,
  "import_id" TEXT NOT NULL,
  "row_number" INTEGER NOT NULL,
  "fate" TEXT NOT NULL CHECK ("fate" IN ('create', 'refuse')),
  "payload" JSONB NOT NULL,
  "problems" JSONB NOT NULL,
  "employee_id" TEXT,
  CONSTRAINT "employee_import_row_pkey" PRIMARY KEY ("tenant_id", "import_id", "row_number"),
  CONSTRAINT "employee_import_row_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "employee_import_row_import_fkey" FOREIGN KEY ("tenant_id", "import_id") REFERENCES "employee_import" ("tenant_id", "id"),
  CONSTRAINT "employee_import_row_employee_fkey" FOREIGN KEY ("tenant_id", "employee_id") REFERENCES "employee" ("tenant_id", "id")
);
CREATE INDEX "employee_import_row_tenant_id_import_id_fate_row_number_idx"
  ON "employee_import_row" ("tenant_id", "import_id", "fate", "row_number");
CREATE INDEX "employee_import_row_tenant_id_employee_id_idx" ON "employee_import_row" ("tenant_id", "employee_id");
CALL app.protect_tenant_table('employee_import_row');
