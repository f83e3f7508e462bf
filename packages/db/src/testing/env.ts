/** The number of this vitest worker: one database each. */
export const workerNumber = process.env["VITEST_POOL_ID"] ?? "0";
