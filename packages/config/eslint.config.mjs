// Only rules that catch mistakes, all of them errors; how the text looks is nobody's business here.
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { atriumRules } from "./src/eslint-rules.ts";

const tests = ["**/*.test.{ts,tsx}", "**/e2e/**/*.ts"];
const ts = ["**/*.{ts,tsx}"];
const tsx = ["**/*.tsx"];
const plain = ["**/*.{js,mjs,cjs}"];
const nodeGlobals = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, "readonly"]));
// Packages that touch the machine may ask it for the time; the domains are told.
const machine = ["api", "config", "db", "stack", "ui"].map((room) => `packages/${room}/**`);

export default defineConfig(
  {
    ignores: ["**/node_modules/", "**/generated/", "**/.next/", "**/.atrium/", "**/.turbo/", "**/next-env.d.ts", "**/test-results/", "**/playwright-report/"],
  },
  {
    // The comments are made powerless here and reported by atrium/no-lint-comments.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    plugins: { atrium: atriumRules },
    rules: {
      "atrium/no-lint-comments": "error",
      "atrium/env-in-one-place": "error",
      "atrium/no-server-actions": "error",
      "atrium/no-ambient-cache": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: false, skipComments: false, IIFEs: true }],
    },
  },
  js.configs.recommended,
  {
    files: ts,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      // One program for the whole repository: a third cheaper than one for each package, and a file outside it is an error.
      parserOptions: { project: "packages/config/tsconfig.check.json", tsconfigRootDir: process.cwd() },
    },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { requireDefaultForNonUnion: true, considerDefaultExhaustiveForUnions: false, allowDefaultCaseForExhaustiveSwitch: false },
      ],
      "@typescript-eslint/consistent-type-assertions": [
        "error",
        { assertionStyle: "as", objectLiteralTypeAssertions: "never", arrayLiteralTypeAssertions: "never" },
      ],
      // Widening is allowed; claiming to know more than the compiler is not: parse it or guard it.
      "@typescript-eslint/no-unsafe-type-assertion": "error",
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-ignore": true, "ts-nocheck": true, "ts-expect-error": true }],
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: "only-allowed-literals" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true, ignoreUsingDeclarations: true }],
      // This one works as it should and is marked so that nobody takes it by the way: it is for providers inside one's own network.
      "@typescript-eslint/no-deprecated": ["error", { allow: ["allowInsecureRequests"] }],
      "atrium/transactions-in-db": "error",
      "atrium/tenant-in-query": "error",
      "atrium/tenant-in-sql": "error",
      "atrium/trpc-error-in-api": "error",
      // The rest of the strict set that is taste rather than mistake, or about enums, which we have none of.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/no-unnecessary-boolean-literal-compare": "off",
      "@typescript-eslint/no-unnecessary-template-expression": "off",
      "@typescript-eslint/no-unnecessary-type-arguments": "off",
      "@typescript-eslint/no-unnecessary-type-conversion": "off",
      // Our interfaces are made of plain functions, which may be taken apart.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/unified-signatures": "off",
    },
  },
  { files: plain, languageOptions: { globals: { ...nodeGlobals, module: "writable", require: "readonly" } } },
  { files: ["**/env.ts", "apps/cli/bin/**"], rules: { "atrium/env-in-one-place": "off" } },
  { files: ["packages/db/**"], rules: { "atrium/transactions-in-db": "off" } },
  { files: ["packages/api/**"], rules: { "atrium/trpc-error-in-api": "off" } },
  {
    files: ["packages/*/src/**/*.{ts,tsx}"],
    ignores: [...machine, "**/*.test.ts", "**/testing.ts", "**/testing/**"],
    rules: { "atrium/clock-injected": "error" },
  },
  {
    files: tests,
    rules: {
      // They ask for what must not come back.
      "atrium/tenant-in-query": "off",
      "atrium/tenant-in-sql": "off",
      "max-lines-per-function": "off",
      "atrium/no-unrun-tests": "error",
      "atrium/no-sleep-in-tests": "error",
      "atrium/no-retries": "error",
      // The matchers that stand for a value (expect.any) are typed any.
      "@typescript-eslint/no-unsafe-assignment": "off",
      // A test may show that something does not compile, and says what.
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description", minimumDescriptionLength: 10 }],
    },
  },
  { files: ["**/{vitest,playwright}.config.ts"], rules: { "atrium/retries-zero": "error" } },
  {
    files: tsx,
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      "react-hooks/exhaustive-deps": "error",
      "react-hooks/unsupported-syntax": "error",
      // It warns of TanStack Table and Virtual themselves, which we have chosen.
      "react-hooks/incompatible-library": "off",
    },
  },
  {
    files: ["apps/web/**/*.tsx", "packages/ui/**/*.tsx"],
    ignores: ["**/*.test.tsx"],
    rules: { "atrium/strings-through-next-intl": "error" },
  },
);
