import pg from "pg";
import { migrate } from "../migrate.ts";

/** Addresses of the roles on the server that tests use. */
export interface ServerUrls {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
}

const template = "atrium_template";

/** Migrates the database that every worker's is copied from. Called once, before the workers start. */
export async function prepareTemplate({ superuserUrl, ownerUrl }: Omit<ServerUrls, "appUrl">): Promise<void> {
  await migrate({ ownerUrl: await createEmpty({ superuserUrl, ownerUrl }, template) });
}

/** Makes a new database, in place of an old one of that name, and answers its address for the owner. */
export async function createEmpty({ superuserUrl, ownerUrl }: Omit<ServerUrls, "appUrl">, name: string): Promise<string> {
  await dropDatabase(superuserUrl, name);
  await asSuperuser(superuserUrl, (client) => client.query(`CREATE DATABASE ${name} OWNER atrium_owner`));
  return onDatabase(ownerUrl, name);
}

/** Copies the template unless a database of this name is there already, with the rights that the real one has. */
export async function copyTemplate({ superuserUrl, ownerUrl, appUrl }: ServerUrls, name: string): Promise<ServerUrls> {
  await asSuperuser(superuserUrl, async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 1) return;
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER atrium_owner`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO atrium_app`);
  });
  return { superuserUrl: onDatabase(superuserUrl, name), ownerUrl: onDatabase(ownerUrl, name), appUrl: onDatabase(appUrl, name) };
}

export async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  await asSuperuser(superuserUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

async function asSuperuser<T>(superuserUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
