/*
 * What must hold for every table, asked of PostgreSQL's own catalogue. Each question answers the offenders, so a new table
 * is judged the moment its migration exists and nobody has to remember it.
 */

export interface CatalogueRule {
  readonly name: string;
  /** What breaks when it does not hold: the wall between companies, what an index or a sum can serve, or who may do what. */
  readonly about: "isolation" | "types" | "rights";
  /** Selects one column, `offender`. It may read `own`, the platform's tables, with `key`: the column that names the tenant. */
  readonly offenders: string;
}

type UnsortedRule = Omit<CatalogueRule, "about">;

const ownTables = `
  WITH own AS (
    SELECT c.*, CASE c.relname WHEN 'tenant' THEN 'id' ELSE 'tenant_id' END AS key
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f') AND c.relname <> '_prisma_migrations'
  )`;

export const questionOf = ({ offenders }: UnsortedRule): string => `${ownTables} ${offenders} ORDER BY 1`;

/** Everything that the system role may do. A line more is a decision about every company's privacy. */
const systemRights = [
  "tenant SELECT",
  ...["tenant_id", "emitted_at"].map((column) => `outbox_event.${column} SELECT`),
  ...["tenant_id", "verified_name"].map((column) => `tenant_domain.${column} SELECT`),
  ...["tenant_id", "per_minute", "per_hour", "until", "ended_at"].map((column) => `limit_override.${column} SELECT`),
  ...["migration_name", "finished_at", "rolled_back_at"].map((column) => `_prisma_migrations.${column} SELECT`),
];
/** And the rows it sees with them. */
const systemPolicies = ["tenant.directory SELECT", "outbox_event.waiting SELECT", "tenant_domain.hosts SELECT", "limit_override.running SELECT"];
/**
 * The triggers that run with their owner's rights. The series of invoice numbers is the seller's, not a company's, and nobody
 * takes a number from it but with an invoice. A trigger cannot be called by itself.
 */
const ownersTriggers = ["number_invoice", "register_invoice"];
const sqlList = (texts: readonly string[]): string => texts.map((text) => `('${text}')`).join(", ");

const tenantRules: readonly UnsortedRule[] = [
  {
    name: "row-level security is enabled and forced",
    offenders: "SELECT relname AS offender FROM own WHERE NOT (relrowsecurity AND relforcerowsecurity)",
  },
  {
    name: "the application's one policy compares the tenant, for reading and for writing",
    // Restrictive ones may stand beside it: they only narrow.
    offenders: `
      SELECT relname AS offender FROM own WHERE (
        SELECT count(*) <> 1 OR NOT bool_and(
          p.polcmd = '*'
          AND pg_get_expr(p.polqual, p.polrelid) = format('(%s = ( SELECT app.tenant_id() AS tenant_id))', key)
          AND pg_get_expr(p.polwithcheck, p.polrelid) = format('(%s = ( SELECT app.tenant_id() AS tenant_id))', key))
        FROM pg_policy p WHERE p.polrelid = own.oid AND p.polpermissive AND p.polroles && ARRAY[0, 'atrium_app'::regrole::oid]) IS NOT FALSE`,
  },
  {
    name: "the owner of a table sees there what is due to be removed, and nothing else",
    offenders: `
      SELECT relname AS offender FROM own WHERE (
        SELECT count(*) <> 1 OR NOT bool_and(
          p.polcmd = '*' AND p.polroles = ARRAY[own.relowner] AND pg_get_expr(p.polwithcheck, p.polrelid) = 'false'
          AND pg_get_expr(p.polqual, p.polrelid) = CASE key
            WHEN 'id' THEN '((status = ''deleted''::text) AND (deleted_at < (now() - ''30 days''::interval)))'
            ELSE format('(%s IN ( SELECT tenant.id%s   FROM tenant))', key, E'\\n') END)
        FROM pg_policy p WHERE p.polrelid = own.oid AND p.polpermissive AND p.polroles && ARRAY[0, own.relowner]) IS NOT FALSE`,
  },
  {
    name: "every row belongs to a tenant, and the primary key begins with it",
    offenders: `
      SELECT relname AS offender FROM own WHERE NOT EXISTS (
        SELECT FROM pg_attribute a JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary AND i.indkey[0] = a.attnum
        WHERE a.attrelid = own.oid AND a.attname = key AND a.attnotnull AND a.atttypid = 'text'::regtype)`,
  },
  {
    name: "every index begins with the tenant",
    // A company is looked up by its slug, or by its own domain, before it is known which one it is.
    offenders: `
      SELECT i.indexrelid::regclass::text AS offender FROM own JOIN pg_index i ON i.indrelid = own.oid
      LEFT JOIN pg_attribute a ON a.attrelid = own.oid AND a.attnum = i.indkey[0]
      WHERE a.attname IS DISTINCT FROM key AND i.indexrelid::regclass::text NOT IN ('tenant_slug_key', 'tenant_slug_skeleton_key', 'tenant_domain_verified_name_key')`,
  },
  {
    name: "every foreign key carries the tenant on both sides",
    // Foreign keys ignore row-level security: a simple one could point into another company.
    offenders: `
      SELECT k.conname AS offender FROM own JOIN pg_constraint k ON k.conrelid = own.oid AND k.contype = 'f'
      WHERE NOT EXISTS (
        SELECT FROM unnest(k.conkey, k.confkey) AS pair (here, there)
        JOIN pg_attribute h ON h.attrelid = k.conrelid AND h.attnum = pair.here
        JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = pair.there
        WHERE h.attname = 'tenant_id' AND t.attname = CASE k.confrelid WHEN 'tenant'::regclass THEN 'id' ELSE 'tenant_id' END)`,
  },
  {
    name: "every foreign key's columns are the first of some index",
    offenders: `
      SELECT k.conname AS offender FROM own JOIN pg_constraint k ON k.conrelid = own.oid AND k.contype = 'f'
      WHERE NOT EXISTS (
        SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indpred IS NULL
          AND (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] @> k.conkey)`,
  },
];

const typeRules: readonly UnsortedRule[] = [
  {
    name: "no column has a type that an index cannot serve under row-level security, or that loses paise",
    offenders: `
      SELECT own.relname || '.' || a.attname AS offender
      FROM own JOIN pg_attribute a ON a.attrelid = own.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type y ON y.oid = a.atttypid
      WHERE y.typtype = 'e' OR y.typname IN ('numeric', 'float4', 'float8', 'money', '_numeric', '_float4', '_float8', '_money')
        OR (a.attname LIKE '%\\_minor' AND y.typname <> 'int8')`,
  },
  {
    name: "every status is one of a list",
    offenders: `
      SELECT own.relname || '.' || a.attname AS offender
      FROM own JOIN pg_attribute a ON a.attrelid = own.oid AND (a.attname = 'status' OR a.attname LIKE '%\\_status')
      WHERE NOT EXISTS (
        SELECT FROM pg_constraint k WHERE k.conrelid = own.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
          AND pg_get_constraintdef(k.oid) LIKE '%= ANY (ARRAY[%')`,
  },
];

const rightRules: readonly UnsortedRule[] = [
  {
    name: "the application's role is bound by row-level security",
    offenders: `
      SELECT rolname AS offender FROM pg_roles
      WHERE rolname IN ('atrium_app', 'atrium_system')
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR (rolname = 'atrium_app' AND rolinherit))`,
  },
  {
    name: "the application's role owns nothing, and belongs to the system role alone, without its rights",
    offenders: `
      SELECT relname AS offender FROM pg_class WHERE pg_get_userbyid(relowner) IN ('atrium_app', 'atrium_system') AND relkind NOT IN ('i', 't')
      UNION ALL SELECT roleid::regrole::text FROM pg_auth_members
      WHERE member IN ('atrium_app'::regrole, 'atrium_system'::regrole)
        AND NOT (member = 'atrium_app'::regrole AND roleid = 'atrium_system'::regrole AND NOT admin_option)
      UNION ALL SELECT 'USAGE of atrium_system' WHERE pg_has_role('atrium_app', 'atrium_system', 'USAGE')`,
  },
  {
    name: "the application reads and writes rows and does nothing else to a table",
    offenders: `
      SELECT relname || ' ' || acl.privilege_type AS offender FROM pg_class, aclexplode(relacl) AS acl
      WHERE relnamespace IN ('public'::regnamespace, 'app'::regnamespace) AND relkind <> 'S'
        AND (acl.grantee = 0 OR (acl.grantee = 'atrium_app'::regrole AND acl.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')))
      UNION ALL SELECT 'schema ' || nspname FROM pg_namespace
      WHERE nspname IN ('public', 'app') AND has_schema_privilege('atrium_app', oid, 'CREATE')`,
  },
  {
    name: "what was written into the audit trail stays there",
    offenders: `
      SELECT relname || ' ' || acl.privilege_type AS offender FROM pg_class, aclexplode(relacl) AS acl
      WHERE acl.grantee <> relowner AND ((oid = 'audit_event'::regclass AND acl.privilege_type NOT IN ('SELECT', 'INSERT'))
        OR (oid = 'audit_head'::regclass AND acl.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE')))
      UNION ALL SELECT attrelid::regclass || '.' || attname || ' ' || acl.privilege_type FROM pg_attribute, aclexplode(attacl) AS acl
      WHERE attrelid IN ('audit_event'::regclass, 'audit_head'::regclass)`,
  },
  {
    name: "what a tenant is stays as it was made",
    offenders: `
      SELECT 'tenant.' || attname AS offender FROM pg_attribute
      WHERE attrelid = 'tenant'::regclass AND attname IN ('id', 'kind', 'slug', 'created_at') AND has_column_privilege('atrium_app', attrelid, attnum, 'UPDATE')`,
  },
  {
    name: "the system role sees what stands on its list, no more and no less",
    offenders: `, granted (what) AS (
        SELECT oid::regclass || ' ' || acl.privilege_type FROM pg_class, aclexplode(relacl) AS acl WHERE acl.grantee = 'atrium_system'::regrole
        UNION ALL SELECT attrelid::regclass || '.' || attname || ' ' || acl.privilege_type
        FROM pg_attribute, aclexplode(attacl) AS acl WHERE acl.grantee = 'atrium_system'::regrole
        UNION ALL SELECT polrelid::regclass || '.' || polname || CASE polcmd WHEN 'r' THEN ' SELECT' ELSE ' for more than SELECT' END
        FROM pg_policy WHERE 'atrium_system'::regrole = ANY (polroles)),
      listed (what) AS (VALUES ${sqlList([...systemRights, ...systemPolicies])})
      SELECT coalesce(granted.what, 'not granted: ' || listed.what) AS offender
      FROM granted FULL JOIN listed USING (what) WHERE granted.what IS NULL OR listed.what IS NULL`,
  },
  {
    name: "no view and no function looks past row-level security",
    offenders: `
      SELECT relname AS offender FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'app'::regnamespace)
        AND (relkind = 'm' OR (relkind = 'v' AND NOT coalesce(reloptions && '{security_invoker=true,security_invoker=on,security_invoker=1}', false)))
      UNION ALL SELECT proname FROM pg_proc WHERE pronamespace IN ('public'::regnamespace, 'app'::regnamespace) AND prosecdef
        AND NOT (proname IN (${ownersTriggers.map((name) => `'${name}'`).join(", ")}) AND prorettype = 'trigger'::regtype AND proconfig = '{"search_path=pg_catalog, pg_temp"}')`,
  },
];

const about = (subject: CatalogueRule["about"], rules: readonly UnsortedRule[]) => rules.map((rule) => ({ ...rule, about: subject }));

export const catalogueRules: readonly CatalogueRule[] = [...about("isolation", tenantRules), ...about("types", typeRules), ...about("rights", rightRules)];
