import type { Me } from "@atrium/identity/contract";

export const placeIds = ["home", "people", "pay", "payslips", "settings"] as const;
export type PlaceId = (typeof placeIds)[number];

/** The places that this person may open, in order. */
export function placesOf({ grants, member }: Pick<Me, "grants" | "member">): readonly PlaceId[] {
  const open: Readonly<Record<PlaceId, boolean>> = {
    home: grants["home:read"] !== undefined,
    // Somebody who sees only their own record needs no list of one.
    people: grants["people:read"]?.some((scope) => scope !== "own") === true,
    pay: grants["payroll:read"] !== undefined,
    payslips: grants["payslip:read"] !== undefined && member.employeeId !== null,
    settings: true,
  };
  return placeIds.filter((id) => open[id]);
}

/** Where a place is. */
export const placePath = (slug: string, id: PlaceId): string => (id === "home" ? `/${slug}` : `/${slug}/${id}`);

/** The place that a path belongs to. */
export function placeAt(pathname: string): PlaceId | undefined {
  const part = pathname.split("/")[2] ?? "";
  return part === "" ? "home" : placeIds.find((id) => id === part);
}
