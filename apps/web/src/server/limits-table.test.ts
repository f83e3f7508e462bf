import { readFileSync } from "node:fs";
import { handlerRules, maxBatchSize, procedureRules, routeOf } from "@atrium/limits";
import { describe, expect, it } from "vitest";
import { procedures } from "./testing/doors.ts";
import { openProcedures } from "./testing/open-procedures.ts";
import { guardedRoutes, openRoutes, routes } from "./testing/routes.ts";

/* The limiter's tables name procedures and handlers of a house it does not know. This is where the two meet. */

const sourceOf = (route: string): string => readFileSync(new URL(`../app/${route}/route.ts`, import.meta.url), "utf8");
const classOf = (route: string): string | undefined => handlerRules[route]?.routeClass;

/** Handlers that draw on nothing. */
const outside = ["api/health", "api/health/ready", "api/hosts", "api/inngest", "api/limits/alert", "api/limits/refresh"];

describe("the limiter's tables", () => {
  it("name procedures that there are", () => {
    const known = procedures.map(({ path }) => path);
    expect(Object.keys(procedureRules).filter((name) => !known.includes(name))).toEqual([]);
  });

  it("name handlers that there are, or parts of the one that signs people in", () => {
    const circuit = "[tenant]/api/auth/[...nextauth]";
    const isThere = (name: string) => routes.includes(name) || (routes.includes(circuit) && name.startsWith("[tenant]/api/auth/callback/"));
    expect(Object.keys(handlerRules).filter((name) => !isThere(name))).toEqual([]);
  });

  it("count every procedure that asks nobody who calls as one that guesses", () => {
    for (const name of Object.keys(openProcedures)) expect(procedureRules[name]?.routeClass, name).toBe("sign-in");
  });

  it("know every handler that asks nobody who calls, unless it draws on nothing", () => {
    const left = Object.keys(openRoutes).filter((route) => !outside.includes(route) && route !== "[tenant]/api/trpc/[trpc]");
    for (const route of left) expect(["sign-in", "guest"], route).toContain(classOf(route));
    for (const route of outside) expect(routeOf("POST", `/${route}`), route).toBeUndefined();
  });

  it("count every file that is made of a company's records as a report", () => {
    const files = routes.filter((route) => /\b(csvAnswer|bytesAnswer)\(/.test(sourceOf(route)) || /export/.test(route));
    expect(files.length).toBeGreaterThan(4);
    for (const route of files) expect(classOf(route), route).toBe("report");
  });

  it("count every upload of people as an import: what makes them asks for an upload first", () => {
    const uploads = Object.entries(guardedRoutes).filter(([route, { method }]) => method === "POST" && /import/.test(route)).map(([route]) => route);
    expect(uploads.map(classOf)).toEqual(uploads.map(() => "import"));
    expect(uploads.length).toBeGreaterThan(0);
  });

  it("count every procedure that sets a payroll going as heavy", () => {
    const heavy = procedures.filter(({ path, type }) => type === "mutation" && /^payroll\.run\.(?!cancel)/.test(path));
    for (const { path } of heavy) expect(["payroll", "payslips"], path).toContain(procedureRules[path]?.routeClass);
    expect(heavy.length).toBeGreaterThan(2);
  });

  it("count every other procedure as a read or a write", () => {
    for (const { path, type } of procedures.filter((one) => !(one.path in procedureRules))) {
      expect(routeOf(type === "query" ? "GET" : "POST", `/acme/api/trpc/${path}`), path).toMatchObject({ routeClass: type === "query" ? "read" : "write", cost: 1 });
    }
  });
});

it("a batch is as large at the procedures' door as the limiter lets in", () => {
  expect(sourceOf("[tenant]/api/trpc/[trpc]")).toContain('import { maxBatchSize } from "@atrium/limits"');
  expect(maxBatchSize).toBe(10);
});
