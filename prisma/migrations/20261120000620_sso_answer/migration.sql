-- An identity provider's answer that was taken, by the hash of its state: shown a second time it counts for nothing. The row
-- goes when the question it answers could not be answered any more.
CREATE TABLE "sso_answer" (
  "tenant_id" TEXT NOT NULL,
  "state_hash" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "sso_answer_pkey" PRIMARY KEY ("tenant_id", "state_hash"),
  CONSTRAINT "sso_answer_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE INDEX "sso_answer_tenant_id_expires_at_idx" ON "sso_answer" ("tenant_id", "expires_at");
CALL app.protect_tenant_table('sso_answer', 'SELECT', 'INSERT', 'DELETE');
