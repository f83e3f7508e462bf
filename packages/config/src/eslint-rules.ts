import type { ESLint, Rule } from "eslint";
import { tenantInQuery } from "./tenant-in-query.ts";
import { tenantInSql } from "./tenant-in-sql.ts";

/** A rule that reports every node which one of the selectors finds. */
function forbid(message: string, ...selectors: string[]): Rule.RuleModule {
  return {
    meta: { type: "problem", schema: [], docs: { description: message } },
    create: (context) => ({
      [selectors.join(",")]: (node: Rule.Node) => {
        context.report({ node, message });
      },
    }),
  };
}

const lintComment = /^\s*(?:eslint-(?:disable|enable)|@ts-(?:ignore|nocheck))/;

/** Comments are not nodes, so the one rule about them walks the file's list of comments. */
const noLintComments: Rule.RuleModule = {
  meta: { type: "problem", schema: [] },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (!lintComment.test(comment.value) || !comment.loc) continue;
        context.report({ loc: comment.loc, message: "A rule holds for every line: mend the code or change the rule for all." });
      }
    },
  }),
};

const testBlock = "/^(it|test|describe|suite)$/";
const unrun = "/^(only|skip|todo|skipIf|fixme)$/";
const spokenProp =
  "/^(alt|description|emptyText|heading|label|message|placeholder|title|aria-(description|label|placeholder|roledescription|valuetext))$/";
const words = "/\\p{L}/u";
const jsxChild = ":matches(JSXElement, JSXFragment) > JSXExpressionContainer";
const spokenValue = `JSXAttribute[name.name=${spokenProp}] > JSXExpressionContainer`;

/** The rules that only this house has; each one's message says what to do instead. */
export const atriumRules: ESLint.Plugin = {
  meta: { name: "atrium" },
  rules: {
    "no-lint-comments": noLintComments,
    "env-in-one-place": forbid(
      "The environment is read and checked in env.ts alone: import the value from there.",
      // Next replaces NEXT_RUNTIME while it builds, and only where it is written out.
      "MemberExpression[object.name='process'][property.name='env']:not(MemberExpression[property.name='NEXT_RUNTIME'] > *)",
      "MemberExpression[object.name='process'][property.value='env']",
      "MemberExpression[object.property.name='process'][property.name='env']",
      "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
      ":matches(ImportDeclaration, ExportNamedDeclaration)[source.value=/^(node:)?process$/]",
    ),
    "transactions-in-db": forbid(
      "Transactions and unsafe SQL live in packages/db, where the tenant is set: use ctx.db.",
      "MemberExpression[property.name=/^\\$(transaction|queryRawUnsafe|executeRawUnsafe)$/]",
      "MemberExpression[property.value=/^\\$(transaction|queryRawUnsafe|executeRawUnsafe)$/]",
      "ObjectPattern > Property[key.name=/^\\$(transaction|queryRawUnsafe|executeRawUnsafe)$/]",
      // Text that would change the tenant or the role half-way through a transaction.
      "TemplateElement[value.raw=/set_config|SET (LOCAL |SESSION )?(ROLE|app\\.)/i]",
      "MemberExpression[object.name='Prisma'][property.name='raw']",
    ),
    "tenant-in-query": tenantInQuery,
    "tenant-in-sql": tenantInSql,
    "trpc-error-in-api": forbid(
      "Throw an AppError with a code of the domain: packages/api alone turns it into a TRPCError.",
      "ImportSpecifier[imported.name='TRPCError']",
      "MemberExpression[property.name='TRPCError']",
    ),
    "clock-injected": forbid(
      "Take the time from ctx.now() or from an argument, so that a test can choose it.",
      "NewExpression[callee.name='Date'][arguments.length=0]",
      "CallExpression[callee.name='Date']",
      "MemberExpression[object.name='Date'][property.name='now']",
    ),
    "no-unrun-tests": forbid(
      "Every test runs, every time: mend it or delete it.",
      `MemberExpression[object.name=${testBlock}][property.name=${unrun}]`,
      `MemberExpression[object.object.name=${testBlock}][property.name=${unrun}]`,
      `CallExpression[callee.name=${testBlock}] > ObjectExpression > Property[key.name=${unrun}]`,
    ),
    "no-sleep-in-tests": forbid(
      "Wait for the thing itself (expect.poll, vi.waitFor, locator assertions), never for time to pass.",
      "CallExpression[callee.name=/^(setTimeout|setInterval|sleep)$/]",
      "CallExpression[callee.property.name=/^(setTimeout|waitForTimeout)$/][callee.object.name!='test']",
      "ImportDeclaration[source.value=/^(node:)?timers(\\u002Fpromises)?$/]",
    ),
    "no-retries": forbid(
      "A test that passes at the second try has found a bug: no retries.",
      `CallExpression[callee.name=${testBlock}] > ObjectExpression > Property[key.name=/^(retry|retries)$/]`,
      "CallExpression[callee.property.name='configure'] > ObjectExpression > Property[key.name='retries']",
    ),
    "retries-zero": forbid(
      "A test that passes at the second try has found a bug: no retries.",
      "Property[key.name=/^(retry|retries)$/]:not([value.value=0])",
    ),
    "no-server-actions": forbid(
      "Every write goes through a tRPC procedure, which checks the tenant and the permission.",
      "ExpressionStatement[directive=/^use server/]",
    ),
    "no-ambient-cache": forbid(
      "A cache that does not know the tenant hands one customer's rows to another.",
      "ExpressionStatement[directive=/^use cache/]",
      "ImportSpecifier[imported.name='unstable_cache']",
      "MemberExpression[property.name='unstable_cache']",
    ),
    "strings-through-next-intl": forbid(
      "What a person reads or hears comes from next-intl, or from a prop that does.",
      // What stands on a key is the same in every language.
      `JSXElement:not([openingElement.name.name=/^kbd$/i]) > JSXText[value=${words}]`,
      `JSXFragment > JSXText[value=${words}]`,
      `${jsxChild} > Literal[value=${words}]`,
      `${jsxChild} > TemplateLiteral > TemplateElement[value.raw=${words}]`,
      `${jsxChild} > :matches(ConditionalExpression, LogicalExpression) > Literal.right[value=${words}]`,
      `${jsxChild} > ConditionalExpression > Literal.consequent[value=${words}]`,
      `${jsxChild} > ConditionalExpression > Literal.alternate[value=${words}]`,
      `JSXAttribute[name.name=${spokenProp}] > Literal[value=${words}]`,
      `${spokenValue} > Literal[value=${words}]`,
      `${spokenValue} > TemplateLiteral > TemplateElement[value.raw=${words}]`,
    ),
  },
};
