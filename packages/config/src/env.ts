/** Whether a continuous-integration machine is running us, which prints dots instead of a live list. */
export const isCi = process.env["CI"] !== undefined && process.env["CI"] !== "";

/** The variables that hold a secret, as far as they are set: by name, so that a find can be named without being shown. */
export const environmentSecrets: ReadonlyMap<string, string> = new Map(
  Object.entries(process.env).flatMap(([name, value]) =>
    /(SECRET|PASSWORD|TOKEN|_KEYS?|DATABASE_URL|OWNER_URL|SMTP_URL)$/.test(name) && value !== undefined && value.length >= 16 ? [[name, value] as const] : [],
  ),
);
