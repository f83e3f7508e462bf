const dayMs = 86_400_000;

/** For so long a deleted company can be brought back. The database lets nobody remove its rows earlier. */
export const restorableDays = 30;

/** Until when an export lets its company be deleted: whoever goes takes along what is there, not what was there once. */
export const exportHoldsUntil = (exportedAt: Date): Date => new Date(exportedAt.getTime() + dayMs);

export interface Deletion {
  readonly slug: string;
  /** What the person typed to say that they mean this company. */
  readonly typed: string;
  readonly exportedAt: Date | undefined;
  readonly now: Date;
}

/** Why a company may not be deleted; undefined when it may. */
export function refuseDeletion({ slug, typed, exportedAt, now }: Deletion): "company/slug-wrong" | "company/export-first" | undefined {
  if (typed !== slug) return "company/slug-wrong";
  return exportedAt === undefined || exportHoldsUntil(exportedAt) < now ? "company/export-first" : undefined;
}

/** A company as it stands. */
export interface Standing {
  readonly status: string;
  readonly kind: string;
  readonly deletedAt: Date | null;
}

export type LifecycleAct = "suspend" | "resume" | "delete" | "restore";

/** Why the company cannot do this step of its life; undefined when it can. */
export function refuseStep(act: LifecycleAct, { status, kind, deletedAt }: Standing, now: Date) {
  if (kind !== "company") return "company/is-ours" as const;
  switch (act) {
    case "suspend":
      return status === "active" ? undefined : ("company/not-active" as const);
    case "resume":
      return status === "suspended" ? undefined : ("company/not-suspended" as const);
    case "delete":
      return status === "deleted" ? ("company/not-active" as const) : undefined;
    case "restore":
      if (status !== "deleted" || deletedAt === null) return "company/not-deleted" as const;
      return now.getTime() - deletedAt.getTime() > restorableDays * dayMs ? ("company/deleted-too-long" as const) : undefined;
  }
}
