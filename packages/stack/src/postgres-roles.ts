import { Client } from "pg";
import { StackError } from "./stack-error.ts";

export type PostgresPasswords = {
  readonly postgresPassword: string;
  readonly ownerPassword: string;
  readonly appPassword: string;
  readonly jobsPassword: string;
};

export const APP_DATABASE = "atrium";
export const JOBS_DATABASE = "atrium_jobs";

/** No role of ours may ever be more than this. */
const PLAIN = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION";

/**
 * Makes the roles and databases of the platform, or brings them back to what they must be; running it again changes nothing.
 * - `atrium_owner` owns the database and everything migrations make in it.
 * - `atrium_app` is the application: it owns nothing, and row-level security binds it.
 * - `atrium_system` cannot log in; the application takes it on by name (`SET LOCAL ROLE`) for the few reads across tenants.
 *   The application is NOINHERIT, so without that word it has none of its rights (PostgreSQL 15 reads this from the role,
 *   16 and later write it into the grant).
 * - `atrium_jobs` owns the job server's own database and can see no other.
 */
export async function ensureRoles(superuserUrl: string, passwords: PostgresPasswords): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  try {
    await client.connect();
  } catch (error) {
    throw explainConnect(error);
  }
  try {
    const login = (password: string) => `LOGIN ${PLAIN} PASSWORD ${client.escapeLiteral(password)}`;
    await ensureRole(client, "atrium_owner", login(passwords.ownerPassword));
    await ensureRole(client, "atrium_app", `${login(passwords.appPassword)} NOINHERIT`);
    await ensureRole(client, "atrium_system", `NOLOGIN ${PLAIN}`);
    await ensureRole(client, "atrium_jobs", login(passwords.jobsPassword));
    await client.query("GRANT atrium_system TO atrium_app");
    await ensureDatabase(client, APP_DATABASE, "atrium_owner", "atrium_app");
    await ensureDatabase(client, JOBS_DATABASE, "atrium_jobs", "atrium_jobs");
  } finally {
    await client.end();
  }
}

async function ensureRole(client: Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  await client.query(`${rowCount === 0 ? "CREATE" : "ALTER"} ROLE ${name} ${attributes}`);
}

async function ensureDatabase(client: Client, name: string, owner: string, user: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${owner}`);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${user}`);
}

function explainConnect(error: unknown): unknown {
  const isWrongPassword = error instanceof Error && "code" in error && error.code === "28P01";
  if (!isWrongPassword) return error;
  return new StackError(
    "stack/postgres-password-lost",
    "The database in this data folder does not know the password in secrets.json. " +
      "Put back the secrets.json that belongs to it, or start afresh with --reset.",
    { cause: error },
  );
}
