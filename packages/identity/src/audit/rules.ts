import type { AuditFilter, AuditFindings } from "./contract.ts";

/** Whether somebody asks for something in particular, rather than leafing through. */
export function isFiltered(filter: AuditFilter): boolean {
  return Object.values(told(filter)).length > 0;
}

/** The filter without what is not set. */
export function told(filter: AuditFilter): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
}

/** The actions that a prefix means. */
export function actionsWith(prefix: string, actions: readonly string[]): readonly string[] {
  return actions.filter((action) => action.startsWith(prefix));
}

/** Whether somebody has to be woken: a row is not as it was written, or a mark is not ours. */
export function isAlarming({ fault, forgedAnchors }: Pick<AuditFindings, "fault" | "forgedAnchors">): boolean {
  return fault !== null || forgedAnchors.length > 0;
}
