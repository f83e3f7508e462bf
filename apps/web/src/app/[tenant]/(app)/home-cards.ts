import type { Permission, Scope } from "@atrium/kernel";
import type { ComponentType } from "react";
import { PayHomeCard } from "./pay/pay-home-card.tsx";
import { PayslipHomeCard } from "./payslips/payslip-home-card.tsx";
import { PeopleHomeCard } from "./people/people-home-card.tsx";

/** One matter on the home page, shown to whoever holds the permission in one of the scopes. It loads its own figures. */
export interface HomeCard {
  readonly id: string;
  readonly permission: Permission;
  readonly scopes: readonly Scope[];
  /** Says something only to a member who is an employee here. */
  readonly isForEmployees?: boolean;
  readonly Card: ComponentType;
}

/** In the order in which they stand on the page. A domain adds its own here. */
export const homeCards: readonly HomeCard[] = [
  { id: "people", permission: "people:read", scopes: ["tenant", "team"], Card: PeopleHomeCard },
  { id: "pay", permission: "payroll:read", scopes: ["tenant"], Card: PayHomeCard },
  { id: "payslip", permission: "payslip:read", scopes: ["own"], isForEmployees: true, Card: PayslipHomeCard },
];
