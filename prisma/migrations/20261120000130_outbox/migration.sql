-- News on their way out: written with the change they tell of, gone when the job server has them.

CREATE TABLE "outbox_event" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "event_id" TEXT NOT NULL,
  "data" JSONB NOT NULL,
  "emitted_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "outbox_event_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CALL app.protect_tenant_table('outbox_event', 'SELECT', 'INSERT', 'DELETE');
-- The sweep asks which companies have news left; what they say is read inside the company.
CREATE POLICY waiting ON "outbox_event" FOR SELECT TO atrium_system USING (true);
GRANT SELECT ("tenant_id", "emitted_at") ON "outbox_event" TO atrium_system;
