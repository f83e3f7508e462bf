import { defineErrors, domainNameFrom, idSchema } from "@atrium/kernel";
import { z } from "zod";

/** As people write it, in any script; kept as DNS writes it: `münchen.example` is `xn--mnchen-3ya.example`. */
export const AddDomain = z.object({
  name: z
    .string()
    .max(300)
    .transform((text, context) => {
      const name = domainNameFrom(text);
      if (name !== undefined) return name;
      context.issues.push({ code: "custom", message: "domain/name-invalid", input: text });
      return z.NEVER;
    }),
});
export type AddDomain = z.output<typeof AddDomain>;

export const DomainRef = z.object({ domainId: idSchema("dom") });
export type DomainRef = z.output<typeof DomainRef>;

export const DomainDto = z.object({
  id: z.string(),
  name: z.string(),
  /** The TXT record that proves it: its name and what it has to say. */
  recordName: z.string(),
  recordValue: z.string(),
  verifiedAt: z.iso.datetime().nullable(),
});
export type DomainDto = z.output<typeof DomainDto>;

export const domainErrors = defineErrors({
  "domain/name-invalid": "invalid",
  "domain/reserved": "conflict",
  "domain/already-added": "conflict",
  "domain/too-many": "conflict",
  "domain/not-found": "not-found",
  "domain/proof-missing": "conflict",
  "domain/proof-wrong": "conflict",
  "domain/dns-silent": "unavailable",
  /** Told only to who has proved that the domain is theirs. */
  "domain/taken": "conflict",
});
