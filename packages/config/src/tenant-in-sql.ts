import type { Rule } from "eslint";
import { readdirSync, readFileSync } from "node:fs";

const schemas = new URL("../../../prisma/schema/", import.meta.url);

/** The tables that hold companies' rows: every model with a tenant. */
const tables = new Set(
  readdirSync(schemas)
    .flatMap((file) => readFileSync(new URL(file, schemas), "utf8").match(/^model [^}]*^\}/gm) ?? [])
    .filter((model) => /^\s+tenantId\s/m.test(model))
    .flatMap((model) => /@@map\("(\w+)"\)/.exec(model)?.[1] ?? []),
);

const isSql = /(\$queryRaw|\$executeRaw|Prisma\.sql)$/;

/**
 * Row-level security is the first fence; the tenant in the text of the statement is the second. Each table that is named
 * asks for one mention of it.
 */
export const tenantInSql: Rule.RuleModule = {
  meta: { type: "problem", schema: [] },
  create: (context) => ({
    TaggedTemplateExpression(node) {
      if (!isSql.test(context.sourceCode.getText(node.tag))) return;
      const text = node.quasi.quasis.map(({ value }) => value.raw).join(" ");
      const named = [...text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?/gi)].flatMap(([, table = ""]) => (tables.has(table) ? [table] : []));
      const mentions = text.match(/\btenant_id\b/g) ?? [];
      if (named.length <= mentions.length) return;
      context.report({ node, message: `Name the tenant beside each table (${named.join(", ")}): tenant_id = \${ctx.tenant.id}.` });
    },
  }),
};
