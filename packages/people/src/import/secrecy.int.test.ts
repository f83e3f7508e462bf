import { storedBytes } from "@atrium/api";
import { callAs } from "@atrium/api/testing";
import { describe, expect, it } from "vitest";
import { peopleRouter } from "../index.ts";
import { withCheckDigit, workAs } from "../testing.ts";
import { filesIn, header, now, row, uploaded } from "../testing/uploads.ts";
import { forgetImports } from "./service.ts";

const refusal = (code: string): unknown => expect.objectContaining({ message: code });

describe("what nobody but its readers may see", () => {
  const [pan, uan, aadhaar, account] = ["CANPC4321Z", "100098765432", withCheckDigit("99998765432"), "987654321098"];
  const numbers = new RegExp([pan, uan, aadhaar, account].join("|"));
  const withNumbers = `${header},UAN,Aadhaar,Bank account,IFSC\n${row("A1", `,${pan}`)},${uan},${aadhaar},${account},ATRM0000001\n${row("A2", ",")},,${aadhaar},12${account}7654321,ATRM0000001`;
  const rowsOf = ({ database, tenant }: Pick<Awaited<ReturnType<typeof uploaded>>, "database" | "tenant">) =>
    database.withTenant(tenant.id, (db) => db.employeeImportRow.findMany({ orderBy: { rowNumber: "asc" } }));

  it("stands sealed in the file, masked in the rows and the answers, and in full in the person alone", async () => {
    const company = await uploaded(withNumbers);
    const { check, commit, call, id, stored } = company;
    for (const bytes of stored.values()) expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/Employee|Person|PAN/);
    await check();
    expect(JSON.stringify(await rowsOf(company))).not.toMatch(numbers);
    const { items } = await call.import.rows({ id });
    expect(items[0]?.cells).toMatchObject({ pan: "XXXXX4321Z", uan: "XXXXXXXX5432", aadhaar: `XXXXXXXX${aadhaar.slice(-4)}`, bankAccount: "XXXXXXXX1098" });
    expect(items[1]?.problems).toEqual([
      { column: "bankAccount", code: "people/account-invalid", params: { value: "XXXXXXXX4321" } },
      { column: "aadhaar", code: "people/aadhaar-twice", params: { row: 2 } },
    ]);
    await call.import.commit({ id, mode: "good-rows" });
    await commit();
    const [person] = (await call.employee.list({})).items;
    expect(await call.employee.reveal({ id: person?.id ?? "", field: "aadhaar", reason: "To see that it came in." })).toEqual({ value: aadhaar });
  });

  it("is gone from file and rows as soon as everybody is in", async () => {
    const company = await uploaded(withNumbers);
    const { check, commit, call, id, stored } = company;
    await check();
    expect((await rowsOf(company)).map(({ cellsSealed }) => cellsSealed === null)).toEqual([false, false]);
    await call.import.commit({ id, mode: "good-rows" });
    await commit();
    expect((await rowsOf(company)).map(({ cellsSealed }) => cellsSealed)).toEqual([null, null]);
    expect(stored.size).toBe(0);
  });

  it("is masked in a row of too few cells wherever it slipped to", async () => {
    const company = await uploaded(`${withNumbers}\nA3,2026-12-01,${pan},${account}`);
    await company.check();
    const rows = await rowsOf(company);
    expect(rows[2]?.payload).toMatchObject({ code: "A3", joinedOn: "XXXXX4321Z", department: "XXXXXXXX1098" });
    expect(JSON.stringify(rows)).not.toMatch(numbers);
  });

  it("of an import that is left alone is forgotten after a week, with all that its rows said, and cannot be taken up again", async () => {
    const company = await uploaded(withNumbers);
    const { database, tenant, member, check, call, id, stored } = company;
    await check();
    const nightAfter = (days: number) => workAs(database, tenant, filesIn(stored), new Date(now.getTime() + days * 86_400_000 + 1));
    expect(await nightAfter(6).inTenant((ctx) => forgetImports(ctx, filesIn(stored)))).toBe(0);
    expect(await nightAfter(7).inTenant((ctx) => forgetImports(ctx, filesIn(stored)))).toBe(1);
    expect(await nightAfter(15).inTenant((ctx) => forgetImports(ctx, filesIn(stored)))).toBe(0);
    expect([stored.size, await company.work.inTenant(storedBytes)]).toEqual([0, 0]);
    expect(await rowsOf(company)).toMatchObject([{ payload: {}, problems: [], cellsSealed: null }, { payload: {}, problems: [], cellsSealed: null }]);
    expect(await call.import.get({ id })).toMatchObject({ status: "cancelled", isForgotten: true, totalRows: 2 });
    const later = callAs(peopleRouter, { database, tenant, member, now: new Date(now.getTime() + 20 * 86_400_000) }).call;
    await expect(later.import.recheck({ id })).rejects.toEqual(refusal("people/import-forgotten"));
    await expect(later.import.commit({ id, mode: "good-rows" })).rejects.toEqual(refusal("people/import-forgotten"));
  });
});
