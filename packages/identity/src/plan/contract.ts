import { defineErrors } from "@atrium/kernel";

export const planErrors = defineErrors({
  /** The parameter `seats` says how many there are. */
  "member/no-seat-left": "payment-required",
  /** What is no part of the plan, which the parameter `plan` names. */
  "plan/without-sso": "payment-required",
  "plan/without-own-domain": "payment-required",
  "plan/without-custom-roles": "payment-required",
});
