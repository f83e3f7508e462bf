import { isIP } from "node:net";
import { z } from "zod";

const listOf = (text: string): readonly string[] => text.split(",").map((part) => part.trim()).filter((part) => part !== "");

/** An address with or without a port, as node:dns takes it: `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:5353`. */
const isServer = (text: string): boolean => isIP(text.replace(/^\[(.+)\](:\d{1,5})?$/, "$1").replace(/^([0-9.]+):\d{1,5}$/, "$1")) > 0;

/** This room's slice of the environment. */
export const identityEnv = {
  /** The name servers that are asked for the proof of a company's own domain; the machine's own unless told. */
  ATRIUM_DNS_SERVERS: z
    .string()
    .default("")
    .transform(listOf)
    .refine((servers) => servers.every(isServer), { error: "must be addresses of name servers with commas between, e.g. 192.0.2.53,[2001:db8::53]:5353" }),
  /** Hosts of identity providers inside one's own network. Every other one has to stand on the open internet, behind https. */
  ATRIUM_SSO_INSIDE: z.string().default("").transform(listOf),
  /** The address people type: where an identity provider sends them back to, and no company's own domain. */
  ATRIUM_URL: z.url({ protocol: /^https?$/, error: "must be the address people type, beginning with http:// or https://" }),
  ATRIUM_TENANT_HOSTS: z.string().optional(),
};

export type IdentitySettings = z.output<z.ZodObject<typeof identityEnv>>;

let settings: IdentitySettings | undefined;

/** This room's settings, read once. The process has checked them at its start. */
export const identitySettings = (): IdentitySettings => (settings ??= z.object(identityEnv).parse(process.env));
