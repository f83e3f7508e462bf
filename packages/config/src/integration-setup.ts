// Config is imported by nobody's production code, so this one file may reach up to the rooms
// whose test servers it starts: every integration test then shares one PostgreSQL and one Redis.
import { prepareTemplate } from "@atrium/db/testing";
import { startTestServers } from "@atrium/stack/testing";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The stack's own superuser: only for tests about roles and for making databases. */
    superuserUrl: string;
    /** Owns the objects and runs migrations. */
    ownerUrl: string;
    /** The restricted role that the app and every test speak as. */
    appUrl: string;
    /** Undefined where no Redis can be had and the in-memory stand-in takes its place. */
    redisUrl: string | undefined;
    /** The Upstash REST door and the token it asks for. */
    restUrl: string;
    restToken: string;
  }
}

/** Starts the test servers, migrates the template database once, and hands the addresses to the workers. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startTestServers();
  try {
    await prepareTemplate(servers);
  } catch (error) {
    // A failed migration must not leave a PostgreSQL behind.
    await servers.stop();
    throw error;
  }
  project.provide("superuserUrl", servers.superuserUrl);
  project.provide("ownerUrl", servers.ownerUrl);
  project.provide("appUrl", servers.appUrl);
  project.provide("redisUrl", servers.redisUrl);
  project.provide("restUrl", servers.restUrl);
  project.provide("restToken", servers.restToken);
  return () => servers.stop();
}
