import type { AuditFindings } from "@atrium/identity/contract";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";
import { Refusal, say } from "./report.ts";
import { during } from "./start.ts";

/** `atrium audit verify`: recomputes the trail of one company, or of all. @returns the exit code: 1 when one is not as it was written */
export function verifyAudit(dataDir: string, slug: string | undefined): Promise<number> {
  return during(async (lifetime) => verifyTrails(await openHouse(dataDir, lifetime), slug));
}

/** Prints a line for each company. Throws when a trail is not as it was written, after all have been looked at. */
export async function verifyTrails(house: House, slug: string | undefined): Promise<void> {
  const [{ everyCompany }, { auditedCompany, verifyTrail }] = await Promise.all([import("@atrium/db"), import("@atrium/identity")]);
  const all = await everyCompany(house.database);
  const asked = slug === undefined ? all : all.filter((company) => company.slug === slug);
  if (slug !== undefined && asked.length === 0) throw new Refusal(`No company has the address "${slug}".`);
  const faulty: string[] = [];
  for (const company of asked) {
    const findings = await verifyTrail(auditedCompany(house, company.id));
    const faults = faultsOf(findings);
    for (const fault of faults) say(`✗ ${company.slug}  ${fault}`);
    if (faults.length > 0) faulty.push(company.slug);
    else say(`✓ ${company.slug}  ${soundnessOf(findings)}`);
  }
  if (faulty.length > 0) throw new Refusal(`Not as it was written: the trail of ${faulty.join(", ")}. Change nothing on this server; ops/security.md says what to do next.`);
}

const what = {
  changed: "does not say what was written",
  removed: "was removed",
  inserted: "was put in past the door",
  reordered: "stands in another place than it was written",
  truncated: "and all after it were removed",
} as const;

/** What is wrong with a trail, a sentence each. */
export function faultsOf({ fault, forgedAnchors }: AuditFindings): readonly string[] {
  return [
    ...(fault ? [`Row #${fault.seq}${fault.id === null ? "" : ` (${fault.id})`} ${what[fault.kind]}.`] : []),
    ...forgedAnchors.map((key) => `The file ${key} is no anchor that Atrium wrote.`),
  ];
}

const soundnessOf = ({ verifiedTo, anchor }: AuditFindings): string =>
  `verified up to #${verifiedTo}, ${anchor ? `anchored up to #${anchor.seq} at ${anchor.at}` : "not anchored yet"}`;
