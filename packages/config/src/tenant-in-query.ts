import type { Rule } from "eslint";
import type { CallExpression, Expression, ObjectExpression, Property, SpreadElement } from "estree";

/** What finds or changes several rows by a condition. What takes one row by its key cannot leave the tenant out. */
const byCondition = /^(findMany|findFirst|findFirstOrThrow|count|aggregate|groupBy|updateMany|updateManyAndReturn|deleteMany)$/;

const isNamed = (property: Property | SpreadElement, name: string): boolean =>
  property.type === "Property" && property.key.type === "Identifier" && property.key.name === name;

const has = ({ properties }: ObjectExpression, name: string): boolean => properties.some((property) => isNamed(property, name) || property.type === "SpreadElement");

/** Whether the condition leaves the tenant out. One that is put together elsewhere is taken at its word. */
function leavesTenantOut({ arguments: [given] }: CallExpression): boolean {
  if (given === undefined) return true;
  if (given.type !== "ObjectExpression") return false;
  const where = given.properties.find((property): property is Property => isNamed(property, "where"));
  if (where === undefined) return !has(given, "where");
  return where.value.type === "ObjectExpression" && !has(where.value, "tenantId") && !has(where.value, "AND");
}

/** `ctx.db.employee` or `db.employee`: the model of a query, the companies' own table left out. */
function modelOf(callee: Expression): string | undefined {
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier" || !byCondition.test(callee.property.name)) return undefined;
  const model = callee.object;
  if (model.type !== "MemberExpression" || model.property.type !== "Identifier" || model.property.name === "tenant") return undefined;
  const handle = model.object;
  const name = handle.type === "Identifier" ? handle.name : handle.type === "MemberExpression" && handle.property.type === "Identifier" ? handle.property.name : "";
  return name === "db" ? model.property.name : undefined;
}

/** The second fence in the queries of Prisma, as `tenantInSql` is in those written by hand. */
export const tenantInQuery: Rule.RuleModule = {
  meta: { type: "problem", schema: [] },
  create: (context) => ({
    CallExpression(node) {
      const model = node.callee.type === "Super" ? undefined : modelOf(node.callee);
      if (model === undefined || !leavesTenantOut(node)) return;
      context.report({ node, message: `Name the company in the condition on ${model}: where: { tenantId: ctx.tenant.id, … }.` });
    },
  }),
};
