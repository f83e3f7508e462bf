-- The days on which a company does not work.

CREATE TABLE "holiday" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "name" TEXT NOT NULL CHECK (length("name") BETWEEN 1 AND 120),
  "name_lower" TEXT GENERATED ALWAYS AS (lower("name")) STORED,
  -- On a restricted holiday a person may choose to be absent; the company works.
  "kind" TEXT NOT NULL CHECK ("kind" IN ('public', 'restricted')),
  CONSTRAINT "holiday_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "holiday_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE UNIQUE INDEX "holiday_tenant_id_day_name_lower_key" ON "holiday" ("tenant_id", "day", "name_lower");
CALL app.protect_tenant_table('holiday', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');
