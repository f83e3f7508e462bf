// Who may import whom, as ARCHITECTURE.md draws it. Every rule is an error, none has an exception list that may grow.
// Run from the root: npx depcruise -c packages/config/dependency-cruiser.cjs packages apps prisma/seed
const { existsSync, readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

/** Each room and the rooms below it. A new room stands here before its first file. */
const rooms = {
  kernel: [],
  config: [],
  limits: ["kernel"],
  ui: ["kernel"],
  db: ["kernel"],
  stack: ["kernel"],
  vault: ["kernel", "db"],
  api: ["kernel", "db", "limits", "vault"],
  identity: ["kernel", "db", "vault", "api"],
  billing: ["kernel", "db", "vault", "api", "identity", "limits"],
  approvals: ["kernel", "db", "vault", "api", "identity"],
  people: ["kernel", "db", "vault", "api", "identity", "approvals"],
  time: ["kernel", "db", "vault", "api", "identity", "approvals", "people"],
  payroll: ["kernel", "db", "vault", "api", "identity", "approvals", "people", "time"],
  operations: ["kernel", "db", "vault", "api", "identity", "limits"],
};
const foundation = "kernel|config|limits|ui|db|stack|vault|api";
const domain = `(?!(?:${foundation})/)[^/]+`;
const test = "\\.test\\.tsx?$";
const testing = "^(?:packages|apps)/[^/]+/src/(?:|.*/)testing(?:\\.ts$|/)";
const integrationSetup = "^packages/config/src/integration-setup\\.ts$";
const kernel = "^packages/kernel/src/index\\.ts$";
const rulesFile = "(?:|[a-z-]+[-.])rules\\.ts$";

/** The files that a package's `exports` name, as patterns: the only doors into it. */
function entries() {
  return readdirSync("packages").flatMap((room) => {
    const manifest = join("packages", room, "package.json");
    if (!existsSync(manifest)) return [];
    const files = Object.values(JSON.parse(readFileSync(manifest, "utf8")).exports ?? {});
    return files.map((file) => `^packages/${room}/${file.replace("./", "").replaceAll(".", "\\.")}$`);
  });
}

/** What of apps/web runs on the server alone. Everything else of it reaches, or may reach, the browser. */
const webServer = ["^apps/web/src/server/", "^apps/web/src/app/.*route\\.ts$", "^apps/web/src/(?:instrumentation|env)\\.ts$"];
const webEdge = ["^apps/web/src/middleware\\.ts$", "^apps/web/src/edge/"];

const perRoom = Object.entries(rooms).map(([room, below]) => ({
  name: `01-${room}`,
  comment: "Never upward, never sideways: a room knows only the rooms below it, so each can be read and tested alone.",
  severity: "error",
  from: { path: `^packages/${room}/`, pathNot: integrationSetup },
  to: { path: `^packages/(?!(?:${[room, ...below].join("|")})/)` },
}));

const betweenRooms = [
  {
    name: "02-packages-know-no-app",
    comment: "Packages are composed by the apps; an import back makes the app part of every package.",
    severity: "error",
    from: { path: "^packages/" },
    to: { path: "^(apps|prisma|load-tests)/" },
  },
  {
    name: "03-doors-only",
    comment: "What a package's exports do not name may change any day, so nobody outside may lean on it.",
    severity: "error",
    from: { path: "^(packages/[^/]+|apps/[^/]+|prisma)/" },
    to: { path: "^packages/", pathNot: ["^$1/", "^packages/db/src/generated/", ...entries()] },
  },
  {
    name: "04-prisma-in-db",
    comment: "A handle made elsewhere has no tenant: the client, its types and the drivers stay in packages/db.",
    severity: "error",
    from: { pathNot: "^packages/db/" },
    to: { path: ["^packages/db/src/generated/", "(^|node_modules/)@prisma/", "(^|node_modules/)\\.prisma/"] },
  },
  {
    name: "05-testing-for-tests",
    comment: "The testing doors make tenants and skip checks; production code must not be able to.",
    severity: "error",
    from: { path: "^(packages|apps)/[^/]+/src/", pathNot: [test, testing, integrationSetup] },
    to: { path: testing },
  },
];

const slices = [
  {
    name: "10-contract",
    comment: "The browser loads contracts: zod, the kernel and other contracts only.",
    severity: "error",
    from: { path: `^packages/${domain}/src/(?:|.*/)contract\\.ts$` },
    to: { path: ".", dependencyTypesNot: ["core"], pathNot: ["(^|node_modules/)zod/", kernel, "^packages/[^/]+/src/(?:|.*/)contract\\.ts$"] },
  },
  {
    name: "11-rules",
    comment: "Rules are pure decisions: with only a contract and the kernel in reach they cannot be otherwise.",
    severity: "error",
    from: { path: `^packages/(${domain})/src/([^/]+)/${rulesFile}` },
    to: {
      path: ".",
      dependencyTypesNot: ["core"],
      pathNot: [kernel, "^packages/$1/src/$2/contract\\.ts$", `^packages/[^/]+/src/.+/${rulesFile}`],
    },
  },
  {
    name: "12-service",
    comment: "A use case does not know through which door it was called.",
    severity: "error",
    from: { path: `^packages/${domain}/src/.*service\\.ts$` },
    to: { path: "^packages/[^/]+/src/(?:|.*/)(router|jobs)\\.ts$" },
  },
  {
    name: "13-slice-doors",
    comment: "A door names a schema and makes one call; whatever else it needs belongs in the service.",
    severity: "error",
    from: { path: `^packages/(${domain})/src/([^/]+)/(router|jobs)\\.ts$` },
    to: {
      path: ".",
      pathNot: ["^packages/$1/src/$2/(service|contract)\\.ts$", "^packages/[^/]+/src/contract\\.ts$", "^packages/api/src/index\\.ts$", kernel, "(^|node_modules/)zod/"],
    },
  },
  {
    name: "14-slice-to-slice",
    comment: "Slices of a package talk as strangers do, through service and contract; only rules build on rules.",
    severity: "error",
    from: { path: `^packages/(${domain})/src/([^/]+)/`, pathNot: [test, rulesFile, "/(router|jobs|contract)\\.ts$"] },
    to: { path: "^packages/$1/src/[^/]+/", pathNot: ["^packages/$1/src/$2/", "/(service|contract)\\.ts$", "/(router|jobs)\\.ts$"] },
  },
  {
    name: "15-no-node-builtin",
    comment: "These files also run in the browser or on the edge, where Node's modules do not exist.",
    severity: "error",
    from: { path: ["^packages/(kernel|limits|ui)/src/", "^packages/[^/]+/src/(?:|.*/)contract\\.ts$", `^packages/.+/${rulesFile}`, ...webEdge], pathNot: test },
    to: { dependencyTypes: ["core"] },
  },
];

const apps = [
  {
    name: "20-web-pages",
    comment: "Pages and components see contracts and call tRPC: a domain root here would put the database in the browser's bundle.",
    severity: "error",
    from: { path: "^apps/web/src/", pathNot: [...webServer, ...webEdge, test] },
    to: { path: "^packages/", pathNot: ["^packages/(ui|kernel|stack|config)/", "^packages/db/src/generated/", "^packages/[^/]+/src/contract\\.ts$", testing] },
  },
  {
    name: "21-web-browser",
    comment: "Components and hooks run in the browser; of the server they may know the router's type and nothing that runs.",
    severity: "error",
    from: { path: "^apps/web/src/", pathNot: [...webServer, ...webEdge, "^apps/web/src/(?:app|i18n)/", test] },
    to: { path: "^apps/web/src/server/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "22-web-edge",
    comment: "The middleware runs on the edge before every request: words and limits, no database.",
    severity: "error",
    from: { path: webEdge, pathNot: test },
    to: { path: ["^packages/(?!(kernel|limits)/)", "^apps/web/src/(server|app|components)/"] },
  },
  {
    name: "23-web-without-stack",
    comment: "The deployed app is told where its services are; only the command line and end-to-end tests start them.",
    severity: "error",
    from: { path: "^apps/web/src/" },
    to: { path: "^packages/(stack|config)/" },
  },
  {
    name: "24-apps-apart",
    comment: "Two apps share through packages, never with each other.",
    severity: "error",
    from: { path: "^apps/([^/]+)/" },
    to: { path: "^apps/", pathNot: "^apps/$1/" },
  },
  {
    name: "25-cli",
    comment: "The command line composes the domains and the stack; screens and lint presets are not its business.",
    severity: "error",
    from: { path: "^apps/cli/" },
    to: { path: "^packages/(ui|config)/" },
  },
  {
    name: "26-seed",
    comment: "A seed makes its rows by the use cases, so it needs neither screens nor apps.",
    severity: "error",
    from: { path: "^prisma/seed/" },
    to: { path: ["^packages/(ui|config)/", "^apps/"] },
  },
];

const everywhere = [
  {
    name: "30-no-cycle",
    comment: "Two files that need each other are one file, or hide a third; types count too.",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "31-no-orphan",
    comment: "A file that imports nothing and that nothing imports is forgotten: delete it.",
    severity: "error",
    from: {
      orphan: true,
      pathNot: [...entries(), test, "\\.d\\.ts$", "\\.json$", "\\.css$", "\\.config\\.[cm]?[jt]s$", "dependency-cruiser\\.cjs$", "^apps/web/src/app/", "^apps/cli/bin/", "/generated/"],
    },
    to: {},
  },
  {
    name: "32-no-catch-all-folder",
    comment: "A folder named after nothing collects everything: put the file in the room that owns the word.",
    severity: "error",
    from: {},
    to: { path: "^(packages|apps|prisma|load-tests)/(?:|.*/)(lib|shared|common|utils|helpers)/" },
  },
  {
    name: "33-resolvable",
    comment: "An import that leads nowhere fails at the worst moment.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "34-no-dev-dependency",
    comment: "What is needed only to develop is not installed in production; its types may be used.",
    severity: "error",
    from: { path: "^(packages|apps)/[^/]+/src/", pathNot: [test, testing, "^packages/config/"] },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
  },
  {
    name: "35-declared",
    comment: "A package names what it needs in its own package.json, or it works only by another's luck.",
    severity: "error",
    from: { path: "^(packages|apps)/[^/]+/src/", pathNot: [test, testing, "^packages/config/"] },
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
  },
];

module.exports = {
  forbidden: [...perRoom, ...betweenRooms, ...slices, ...apps, ...everywhere],
  options: {
    doNotFollow: { path: ["node_modules", "/generated/"] },
    exclude: { path: ["/\\.next/", "/\\.atrium/", "/test-results/", "/playwright-report/", "next-env\\.d\\.ts$"] },
    // Types count: a type imported upward ties two rooms together as firmly as a call.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".d.ts", ".css"],
    },
  },
};
