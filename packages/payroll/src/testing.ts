import type { Ctx, CurrentTenant } from "@atrium/api";
import { inContext, makeMember } from "@atrium/api/testing";
import type { TestMember } from "@atrium/api/testing";
import type { Database } from "@atrium/db";
import { dateColumn, firstDay, newId } from "@atrium/kernel";
import type { EmittedEvent, YearMonth } from "@atrium/kernel";
import { makeEmployees, makeOrganisation } from "@atrium/people/testing";
import type { TestEmployee } from "@atrium/people/testing";
import { computeChunk, planRun, reconcileRun } from "./computing/service.ts";
import { beginPublishing, finishPublishing, publishChunk } from "./publishing/service.ts";
import { approveRun, startRun } from "./run/service.ts";

export interface TestSalary {
  readonly employeeId: string;
  readonly from?: YearMonth;
  readonly basicMinor?: number;
  readonly hraMinor?: number;
  readonly allowanceMinor?: number;
  readonly isPfMember?: boolean;
}

const bulk = 2_000;

/** Gives each of them a salary: ₹20,000 basic, ₹8,000 HRA and ₹2,000 allowance from April 2024 unless told. */
export async function makeSalaries(database: Database, tenant: Pick<CurrentTenant, "id">, salaries: readonly TestSalary[]): Promise<void> {
  const now = new Date();
  const rows = salaries.map(({ employeeId, from = "2024-04", basicMinor = 20_000_00, hraMinor = 8_000_00, allowanceMinor = 2_000_00, isPfMember = true }) => ({
    tenantId: tenant.id,
    id: newId("sal", now.getTime()),
    employeeId,
    effectiveFrom: dateColumn(firstDay(from)),
    basicMinor,
    hraMinor,
    allowanceMinor,
    isPfMember,
    createdAt: now,
  }));
  for (let at = 0; at < rows.length; at += bulk) {
    await database.withTenant(tenant.id, (db) => db.salary.createMany({ data: rows.slice(at, at + bulk) }));
  }
}

/** Where the transactions come from. */
type Transactions = Pick<Database, "withTenant">;

/** One transaction as a job's step has it, or in the name of a member; the news it told are answered beside its value. */
export async function inTenant<T>(
  database: Transactions,
  tenant: CurrentTenant,
  work: (ctx: Ctx) => Promise<T>,
  { memberId, now = new Date() }: { readonly memberId?: string; readonly now?: Date } = {},
): Promise<{ readonly value: T; readonly emitted: readonly EmittedEvent[] }> {
  return inContext(database, tenant, work, { now, ...(memberId !== undefined && { actor: { kind: "member", memberId } }) });
}

interface Attempt {
  readonly runId: string;
  readonly attempt: number;
}

/** Computes a queued run here and now, by the same steps as its job. */
export async function computeHere(database: Transactions, tenant: CurrentTenant, run: Attempt, now = new Date()): Promise<void> {
  const { value: plan } = await inTenant(database, tenant, (ctx) => planRun(ctx, run), { now });
  for (let number = 1; number <= plan.chunks; number += 1) await inTenant(database, tenant, (ctx) => computeChunk(ctx, { ...run, number }), { now });
  await inTenant(database, tenant, (ctx) => reconcileRun(ctx, run), { now });
}

/** Gives out an approved run's payslips here and now, by the same steps as its job; nobody is sent a mail. */
export async function publishHere(database: Transactions, tenant: CurrentTenant, run: Attempt, now = new Date()): Promise<void> {
  const { value: plan } = await inTenant(database, tenant, (ctx) => beginPublishing(ctx, run), { now });
  for (let number = 1; number <= plan.chunks; number += 1) await inTenant(database, tenant, (ctx) => publishChunk(ctx, { ...run, number }), { now });
  await inTenant(database, tenant, (ctx) => finishPublishing(ctx, run), { now });
}

export interface PaidMonth {
  readonly period: YearMonth;
  readonly startedBy: string;
  readonly approvedBy: string;
  readonly now?: Date;
}

/** Pays a month from start to published payslips, leaving out whoever is blocked. For seeds and benchmarks. */
export async function payMonth(database: Transactions, tenant: CurrentTenant, { period, startedBy, approvedBy, now = new Date() }: PaidMonth): Promise<string> {
  const started = await inTenant(database, tenant, (ctx) => startRun(ctx, { period, excludeBlocked: true }), { memberId: startedBy, now });
  const run = { runId: started.value.id, attempt: 1 };
  await computeHere(database, tenant, run, now);
  await inTenant(database, tenant, (ctx) => approveRun(ctx, { id: run.runId }), { memberId: approvedBy, now });
  await publishHere(database, tenant, run, now);
  return run.runId;
}

export interface TestPayroll {
  readonly employeeIds: readonly string[];
  /** Holds the payroll manager's role. */
  readonly starter: TestMember;
  /** Holds the owner's role, and is another person. */
  readonly approver: TestMember;
}

/** A company that can be paid: this many employees in Karnataka with salaries, and two people to run it. */
export async function makePayroll(database: Database, tenant: CurrentTenant, people: number | readonly TestEmployee[]): Promise<TestPayroll> {
  const place = await makeOrganisation(database, tenant);
  const employees = typeof people === "number" ? Array.from({ length: people }, () => ({})) : people;
  const employeeIds = await makeEmployees(database, tenant, place, employees);
  await makeSalaries(database, tenant, employeeIds.map((employeeId, index) => ({ employeeId, basicMinor: 15_000_00 + index * 137 })));
  const starter = await makeMember(database, tenant, ["payroll-manager"], { name: "Starter" });
  const approver = await makeMember(database, tenant, ["owner"], { name: "Approver" });
  return { employeeIds, starter, approver };
}
