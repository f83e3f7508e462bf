-- The keys that a company's sensitive fields are sealed under, themselves wrapped by a key that is not in the database.

-- A key that is no longer used stays: a restored backup may hold what it sealed.
CREATE TABLE "tenant_key" (
  "tenant_id" TEXT NOT NULL,
  "purpose" TEXT NOT NULL CHECK ("purpose" IN ('seal', 'index')),
  "version" INTEGER NOT NULL CHECK ("version" BETWEEN 1 AND 65535),
  "wrapped" TEXT NOT NULL,
  "kek_id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "retired_at" TIMESTAMPTZ(3),
  CONSTRAINT "tenant_key_pkey" PRIMARY KEY ("tenant_id", "purpose", "version"),
  CONSTRAINT "tenant_key_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CALL app.protect_tenant_table('tenant_key', 'SELECT', 'INSERT', 'UPDATE');
