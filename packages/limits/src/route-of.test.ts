import { describe, expect, it } from "vitest";
import { handlerRules, procedureRules, routeOf } from "./route-of.ts";

const classOf = (method: string, pathname: string) => {
  const route = routeOf(method, pathname);
  return typeof route === "object" ? route.routeClass : route;
};
const trpc = (...names: readonly string[]) => `/acme/api/trpc/${names.join(",")}`;

describe("what a request is", () => {
  it.each([
    ["GET", "/", "page"],
    ["GET", "/acme", "page"],
    ["GET", "/acme/people", "page"],
    ["POST", "/acme/people", "page"],
    ["GET", "/sign-up", "page"],
    ["GET", trpc("identity.session.me"), "read"],
    ["HEAD", trpc("identity.session.me"), "read"],
    ["OPTIONS", trpc("identity.session.me"), "read"],
    ["POST", trpc("people.employee.create"), "write"],
    ["DELETE", trpc("people.employee.create"), "write"],
    ["GET", "/acme/api/payslips/psl_1/pdf", "read"],
    ["GET", "/acme/api/audit/verify", "read"],
    ["POST", "/acme/api/people/imports", "import"],
    ["POST", trpc("people.import.commit"), "write"],
    ["GET", "/acme/api/people/imports/imp_1/problems", "report"],
    ["GET", "/acme/api/people/imports/sample", "report"],
    ["GET", "/acme/api/payslips/register/prn_1", "report"],
    ["GET", "/acme/api/company/export", "report"],
    ["POST", trpc("payroll.run.start"), "payroll"],
    ["POST", trpc("payroll.run.approve"), "payslips"],
    ["GET", "/acme/api/auth/csrf", "guest"],
    ["POST", "/acme/api/auth/signout", "guest"],
    ["POST", "/acme/api/auth/callback/credentials", "sign-in"],
    ["POST", "/acme/api/auth/callback/passkey", "sign-in"],
    ["GET", "/acme/api/sso/callback", "sign-in"],
    ["POST", "/api/sign-up", "sign-in"],
    ["GET", "/api/sign-up/slug", "guest"],
    ["GET", "/api/anything", "read"],
    ["PUT", "/acme/api/anything/else", "write"],
  ])("%s %s is of class %s", (method, pathname, routeClass) => {
    expect(classOf(method, pathname)).toBe(routeClass);
  });

  it.each(["/api/health", "/api/health/ready", "/api/hosts", "/api/inngest", "/api/limits/refresh", "/api/limits/alert"])("is nobody's business for the house's own doors: %s", (pathname) => {
    expect(routeOf("GET", pathname)).toBeUndefined();
    // Only exactly so.
    for (const like of [`${pathname}/`, pathname.toUpperCase(), pathname.replace("api", "%61pi"), `${pathname}x`, `/acme${pathname}`]) expect(routeOf("GET", like), like).toBeDefined();
  });

  it("is what the table says for every name in it, by whatever method it comes", () => {
    for (const method of ["GET", "POST", "HEAD"]) {
      for (const [name, { routeClass }] of Object.entries(procedureRules)) expect(classOf(method, trpc(name)), name).toBe(routeClass);
      for (const [folder, { routeClass }] of Object.entries(handlerRules)) expect(classOf(method, `/${folder.replace(/\[\.\.\.\w+\]/, "csrf").replaceAll(/\[\w+\]/g, "some-id")}`), folder).toBe(routeClass);
    }
  });
});

describe("what a batch costs", () => {
  const reads = (count: number) => Array.from({ length: count }, () => "people.employee.list");
  const writes = (count: number) => Array.from({ length: count }, () => "people.employee.update");

  it("one for at most ten reads, and as many as it has for writes", () => {
    for (const count of [1, 2, 10]) {
      expect(routeOf("GET", trpc(...reads(count)))).toEqual({ routeClass: "read", cost: 1, account: "none" });
      expect(routeOf("POST", trpc(...writes(count)))).toEqual({ routeClass: "write", cost: count, account: "none" });
    }
  });

  it("is no question beyond ten: such a one is not let in", () => {
    expect(routeOf("GET", trpc(...reads(11)))).toBe("limits/batch-too-large");
    expect(routeOf("POST", trpc(...writes(11)))).toBe("limits/batch-too-large");
    expect(routeOf("POST", trpc(...writes(11).map((name) => name.replace(".", "%2E"))).replaceAll(",", "%2C"))).toBe("limits/batch-too-large");
  });

  it("as its dearest part where heavy work is among it, for each of its parts", () => {
    expect(routeOf("POST", trpc("people.employee.update", "payroll.run.start", "payroll.run.retry"))).toEqual({ routeClass: "payroll", cost: 3, account: "none" });
  });

  it.each([
    [["payroll.run.start", "payroll.run.approve"]],
    [["payroll.run.start", "payroll.run.approve"]],
    [["identity.signIn.stepUp", "people.employee.update"]],
    [["people.employee.update", "identity.signIn.stepUp"]],
    [["identity.credentials.askReset", "identity.credentials.askReset"]],
    [["identity.credentials.askReset", "payroll.run.start"]],
  ])("is no question where two kinds of work come together, or a secret is not tried alone: %j", (names) => {
    expect(routeOf("POST", trpc(...names))).toBe("limits/batch-mixed");
  });
});

describe("no way of writing a path", () => {
  const encoded = (text: string): string => text.replaceAll(/./g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
  const twice = (text: string): string => encoded(text).replaceAll("%", "%25");

  it.each([
    ["POST", trpc("payroll.run.start"), "payroll"],
    ["POST", "/acme/api/auth/callback/credentials", "sign-in"],
    ["POST", trpc("identity.credentials.askReset"), "sign-in"],
    ["GET", "/acme/api/people/export", "report"],
    ["POST", "/acme/api/people/imports", "import"],
  ])("makes it cheaper: %s %s", (method, pathname, routeClass) => {
    const parts = pathname.split("/").slice(1);
    const inParts = (change: (part: string) => string) => `/${parts.map(change).join("/")}`;
    const ways = [
      inParts(encoded), inParts(twice), inParts((part) => part.toUpperCase()), inParts((part) => encoded(part.toUpperCase())),
      `${pathname}/`, `${pathname}//`, `/${pathname}`, pathname.replaceAll("/", "//"), pathname.replace("/api/", "/api%2f"), pathname.replace("/api/", "/%61%70%69/"),
      pathname.replace("/api/", "\\api\\"), pathname.replaceAll(".", "%2E"), `${pathname}%2F`, inParts((part) => part.replace(/^./, (first) => first.toUpperCase())),
    ];
    for (const way of ways) expect(classOf(method, way), way).toBe(routeClass);
  });

  it("turns a page into a door, or a door into a page", () => {
    for (const way of ["/acme/%61pi/trpc/people.employee.list", "/acme/API/trpc/people.employee.list", "/acme//api/trpc/people.employee.list"]) expect(classOf("GET", way), way).toBe("read");
    expect(classOf("GET", "/acme/api%zz/people")).toBe("page");
    expect(classOf("GET", "/acme/%/people")).toBe("page");
  });
});
