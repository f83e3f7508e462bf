import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { accountErrors } from "./contract.ts";
import type { BillingAccountDto, SaveBillingAccount } from "./contract.ts";

const columns = { name: true, addressLine: true, city: true, stateCode: true, pinCode: true, gstin: true, contacts: true, version: true } as const;

/** Who is invoiced for the company. */
export async function getAccount(ctx: Ctx): Promise<BillingAccountDto> {
  const account = await ctx.db.billingAccount.findUnique({ where: { tenantId: ctx.tenant.id }, select: columns });
  return account ?? { name: ctx.tenant.name, addressLine: "", city: "", stateCode: null, pinCode: "", gstin: null, contacts: [], version: 0 };
}

/** Keeps who is invoiced from now on; invoices that are out stay as they are. Throws `billing/account-changed` when somebody else was faster. */
export async function saveAccount(ctx: Ctx, { version, ...account }: SaveBillingAccount): Promise<BillingAccountDto> {
  const { id: tenantId } = ctx.tenant;
  const before = await getAccount(ctx);
  if (before.version !== version) throw refusal(accountErrors, "billing/account-changed");
  const after = { ...account, version: version + 1 };
  if (!(await write(ctx, after, version))) throw refusal(accountErrors, "billing/account-changed");
  ctx.audit({ action: "billing-account.save", entityId: tenantId, ...(version > 0 && { before: { ...before } }), after });
  return after;
}

/** Whether the row was the one that had been read, or was there for the first time. */
async function write(ctx: Ctx, after: Omit<BillingAccountDto, "stateCode"> & { readonly stateCode: string }, version: number): Promise<boolean> {
  const { db, tenant, now } = ctx;
  const data = { ...after, updatedAt: now };
  if (version > 0) return (await db.billingAccount.updateMany({ where: { tenantId: tenant.id, version }, data })).count === 1;
  const { count } = await db.billingAccount.createMany({ data: { tenantId: tenant.id, ...data }, skipDuplicates: true });
  return count === 1;
}

/** Where the company's invoices are mailed: its contacts, or whoever administers it. */
export async function contactsOf(ctx: Ctx): Promise<readonly string[]> {
  const { contacts } = await getAccount(ctx);
  if (contacts.length > 0) return contacts;
  const where = { tenantId: ctx.tenant.id, status: "active", roles: { hasSome: ["owner", "tenant-admin"] } };
  const members = await ctx.db.member.findMany({ where, orderBy: { id: "asc" }, select: { email: true } });
  return members.map(({ email }) => email);
}
