import { defineErrors, refusal } from "@atrium/kernel";
import type { AppError } from "@atrium/kernel";

/** One code for whatever is wrong with a sealed text: who tries may not learn how near they came. */
export const vaultErrors = defineErrors({ "vault/cannot-open": "internal" });

export const cannotOpen = (): AppError => refusal(vaultErrors, "vault/cannot-open");
