/*
 * What a table's row needs that its columns, lists and foreign keys do not tell: the text that a pattern asks for, and an
 * optional reference without which a CHECK refuses. A table that needs nothing has no line here.
 */

export interface RowFixture {
  /** What its ids begin with, as in its domain's contract. */
  readonly prefix?: string;
  /** Values by column; a column that stands here is given one although it may be empty. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Optional foreign keys that have to point somewhere. */
  readonly fill?: readonly string[];
  /** For an optional foreign key, the columns that have to be empty when it is set. */
  readonly instead?: Readonly<Record<string, readonly string[]>>;
}

export const rowFixtures: Readonly<Record<string, RowFixture>> = {
  audit_event: { prefix: "aud" },
  billing_account: { values: { state_code: "29", pin_code: "560001" } },
  department: { prefix: "dep" },
  employee: { prefix: "emp" },
  employee_import: { prefix: "imp" },
  // A list, where the others are objects.
  employee_import_row: { values: { problems: "[]" } },
  holiday: { prefix: "hol" },
  invoice: {
    prefix: "inv",
    values: {
      issued_at: "2026-11-20T09:30:00Z", issued_on: "2026-11-20", due_on: "2026-11-27", period_from: "2026-11-20T09:30:00Z", period_until: "2026-12-20T09:30:00Z",
      seller: JSON.stringify({ name: "Atrium Example", address: "Bengaluru 560001", stateCode: "29", gstin: "29AAACA0001A1ZT", bank: "Example Bank" }),
      buyer: JSON.stringify({ name: "Acme", address: "Bengaluru 560001", stateCode: "29", gstin: null }),
      place_of_supply: "29", sac: "997331", lines: "[]", taxes: "[]", taxable_minor: 2, tax_minor: 1, total_minor: 3,
    },
  },
  invoice_payment: { prefix: "pay", values: { reference: "UTR0000000001" } },
  limit_override: { prefix: "lim", values: { per_minute: 600, reason: "A month of hiring that the company told us of.", made_by: "Meena Operator" } },
  location: { prefix: "loc", values: { state: "KA" } },
  member: { prefix: "mem", values: { roles: ["employee"] } },
  member_token: { prefix: "lnk" },
  month_input: { values: { period: "2026-11" } },
  outbox_event: { prefix: "out" },
  passkey: { prefix: "pky" },
  passkey_challenge: { prefix: "pch" },
  payroll_run: { prefix: "prn", values: { period: "2026-11" } },
  payslip: { prefix: "psl", values: { gross_minor: 3, deductions_minor: 1, net_minor: 2 } },
  role: { prefix: "rol" },
  salary: { prefix: "sal", values: { effective_from: "2026-11-01" } },
  session: { prefix: "ses", fill: ["session_member_fkey"], instead: { session_support_grant_fkey: ["member_id"] } },
  sso_connection: { prefix: "sso" },
  support_grant: { prefix: "sup", values: { reason: "A fault that the company told us of.", minutes: 30 } },
  tenant_domain: { prefix: "dom", values: { name: "acme.test" } },
};
