/** Whether a continuous-integration machine is running us, which prints dots instead of a live list. */
export const isCi = process.env["CI"] !== undefined && process.env["CI"] !== "";
