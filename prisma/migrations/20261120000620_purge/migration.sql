-- Thirty days after a company was deleted its rows are removed, audit trail and all. The application holds no right to do
-- that. The owner of the tables does it, and row-level security binds the owner as well: it lets the owner see companies
-- whose thirty days are over, and no other.

CREATE POLICY purge ON "tenant" TO CURRENT_USER
  USING ("status" = 'deleted' AND "deleted_at" < now() - interval '30 days') WITH CHECK (false);

-- A company's own deletion day decides, through the policy above.
CREATE PROCEDURE app.let_owner_purge(tenant_table regclass)
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'CREATE POLICY purge ON %s TO %I USING (tenant_id IN (SELECT id FROM tenant)) WITH CHECK (false)', tenant_table, current_user);
END $$;

DO $$
DECLARE
  tenant_table regclass;
BEGIN
  FOR tenant_table IN
    SELECT a.attrelid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'tenant_id'
  LOOP
    CALL app.let_owner_purge(tenant_table);
  END LOOP;
END $$;

-- Every table that is made from now on gets both policies.
CREATE OR REPLACE PROCEDURE app.protect_tenant_table(tenant_table regclass, VARIADIC rights text[] DEFAULT '{SELECT,INSERT,UPDATE,DELETE}')
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format(
    'CREATE POLICY tenant ON %s TO atrium_app USING (tenant_id = (SELECT app.tenant_id())) WITH CHECK (tenant_id = (SELECT app.tenant_id()))',
    tenant_table);
  EXECUTE format('GRANT %s ON %s TO atrium_app', array_to_string(rights, ', '), tenant_table);
  CALL app.let_owner_purge(tenant_table);
END $$;
