import { csvLines } from "@atrium/api";
import { getImport, listImportRows } from "@atrium/people";
import { importColumns, importIdSchema } from "@atrium/people/contract";
import type { ImportRecord, ImportRow, RowProblem } from "@atrium/people/contract";
import { getMessages, getTranslations } from "next-intl/server";
import { csvAnswer } from "../../../../../../../server/csv-answer.ts";
import { memberRoute } from "../../../../../../../server/route.ts";

type Say = (problem: Pick<RowProblem, "code" | "params">) => string;
type Line = readonly (string | number | undefined)[];

const columns = Object.entries(importColumns);
const stretch = 500;

/**
 * Everything that was refused, as CSV: row, columns, reasons, and the row as it stood in the file. One line a row, so that
 * the same file, corrected, can be uploaded: the columns in front are not known to the import and are left out.
 */
export const GET = memberRoute<{ readonly tenant: string; readonly importId: string }>("people:import", async (ctx, { params, again }) => {
  const id = importIdSchema.parse(params.importId);
  const record = await getImport(ctx, { id });
  const [say, head] = [await sentences(), await headLine()];
  async function* pieces(): AsyncGenerator<string, void> {
    yield csvLines([head, ...unknownColumns(record, say)]);
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after;
      const page = await again((each) => listImportRows(each, { id, fate: "refuse", after: from, limit: stretch }));
      yield csvLines(page.items.map((row) => problemLine(row, say)));
      after = page.next;
    }
  }
  return () => csvAnswer(`problems-${record.id}.csv`, pieces());
});

async function headLine(): Promise<Line> {
  const t = await getTranslations("people.import.problems");
  return [t("row"), t("column"), t("reason"), ...columns.map(([, { header }]) => header)];
}

/** The sentence of a code, as the screens say it. */
async function sentences(): Promise<Say> {
  const t = await getTranslations("errors");
  const { errors } = await getMessages();
  const isKnown = (code: string): code is keyof typeof errors => Object.hasOwn(errors, code);
  return ({ code, params = {} }) => t(isKnown(code) ? code : "unknown", params);
}

const unknownColumns = ({ headers }: ImportRecord, say: Say): Line[] =>
  (headers?.unknown ?? []).map((header) => [1, header, say({ code: "people/column-unknown" }), ...columns.map(() => "")]);

function problemLine({ rowNumber, cells, problems }: ImportRow, say: Say): Line {
  const named = problems.map((problem) => ({ header: columns.find(([column]) => column === problem.column)?.[1].header, reason: say(problem) }));
  const headers = named.flatMap(({ header }) => header ?? []);
  const reasons = named.map(({ header, reason }) => (header === undefined || named.length === 1 ? reason : `${header}: ${reason}`));
  return [rowNumber, headers.join(", "), reasons.join(" "), ...columns.map(([column]) => cells[column] ?? "")];
}
