-- The foundation: roles' rights, the tenant policy, companies, members and the audit trail.

CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app, public TO atrium_app, atrium_system;

-- A function in a policy is called once a statement (as a sub-select), so the policy costs a text comparison a row.
-- After a transaction the setting is '' rather than NULL; an id is never '', so both answer "no rows".
CREATE FUNCTION app.tenant_id() RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('app.tenant_id', true), '');
GRANT EXECUTE ON FUNCTION app.tenant_id() TO atrium_app, atrium_system;

-- Every table with a tenant calls this in the migration that creates it, so that no table stands open for a moment.
CREATE PROCEDURE app.protect_tenant_table(tenant_table regclass, VARIADIC rights text[] DEFAULT '{SELECT,INSERT,UPDATE,DELETE}')
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format(
    'CREATE POLICY tenant ON %s TO atrium_app USING (tenant_id = (SELECT app.tenant_id())) WITH CHECK (tenant_id = (SELECT app.tenant_id()))',
    tenant_table);
  EXECUTE format('GRANT %s ON %s TO atrium_app', array_to_string(rights, ', '), tenant_table);
END $$;

CREATE TABLE "tenant" (
  "id" TEXT NOT NULL CHECK ("id" <> ''),
  "slug" TEXT NOT NULL CHECK ("slug" ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  "name" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'active' CHECK ("status" IN ('active', 'suspended')),
  "time_zone" TEXT NOT NULL DEFAULT 'Asia/Kolkata',
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant" ("slug");
ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "tenant" TO atrium_app
  USING ("id" = (SELECT app.tenant_id())) WITH CHECK ("id" = (SELECT app.tenant_id()));
GRANT SELECT, INSERT, UPDATE ON "tenant" TO atrium_app;
-- The system role finds a company by its slug before anyone has signed in; it sees the directory and nothing else.
CREATE POLICY directory ON "tenant" FOR SELECT TO atrium_system USING (true);
GRANT SELECT ON "tenant" TO atrium_system;

CREATE TABLE "member" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "email" TEXT NOT NULL CHECK (length("email") <= 254),
  "email_lower" TEXT GENERATED ALWAYS AS (lower("email")) STORED,
  "name" TEXT NOT NULL,
  "password_hash" TEXT,
  "status" TEXT NOT NULL DEFAULT 'active' CHECK ("status" IN ('active', 'deactivated')),
  "roles" TEXT[] NOT NULL,
  "employee_id" TEXT,
  "session_epoch" INTEGER NOT NULL DEFAULT 0,
  "last_sign_in_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "member_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "member_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE UNIQUE INDEX "member_tenant_id_email_lower_key" ON "member" ("tenant_id", "email_lower");
CREATE INDEX "member_tenant_id_employee_id_idx" ON "member" ("tenant_id", "employee_id");
CALL app.protect_tenant_table('member', 'SELECT', 'INSERT', 'UPDATE');

CREATE TABLE "audit_event" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "actor_kind" TEXT NOT NULL CHECK ("actor_kind" IN ('member', 'system')),
  "actor_member_id" TEXT,
  "action" TEXT NOT NULL,
  "entity" TEXT NOT NULL,
  "entity_id" TEXT NOT NULL,
  "before" JSONB,
  "after" JSONB,
  "reason" TEXT,
  "request_id" TEXT NOT NULL,
  CONSTRAINT "audit_event_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "audit_event_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE INDEX "audit_event_tenant_id_entity_entity_id_id_idx" ON "audit_event" ("tenant_id", "entity", "entity_id", "id");
CALL app.protect_tenant_table('audit_event', 'SELECT', 'INSERT');
