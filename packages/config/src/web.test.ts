import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repository } from "./fixture-house.ts";

/* What of Next would answer in the application's place, or keep what one company was answered for another. */

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", "apps/web", "packages"], { cwd: repository, encoding: "utf8" });
const isSource = (path: string) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/e2e\/|^packages\/config\//.test(path);
const sources = listed.split("\n").filter((path) => isSource(path) && existsSync(join(repository, path)));
const holding = (pattern: RegExp) => sources.filter((path) => pattern.test(read(path)));

describe("the web application", () => {
  it("has no server actions: every change comes through a door that asks who comes", () => {
    expect(holding(/^\s*["']use server["']/m)).toEqual([]);
  });

  it("keeps nothing of what it answered: it is made for each request", () => {
    expect(holding(/^\s*["']use cache|\bunstable_cache\b|\bcacheLife\b|\bcacheTag\b|\brevalidate(Path|Tag)\b/m)).toEqual([]);
    expect(holding(/export const (revalidate|fetchCache|dynamicParams)\b|export const dynamic = "(force-static|error)"|\bgenerateStaticParams\b/)).toEqual([]);
    expect(read("apps/web/next.config.ts")).not.toMatch(/cacheComponents|useCache|dynamicIO|\bppr\b|staleTimes/);
  });

  it("has no image optimiser, and no page that asks for one", () => {
    expect(read("apps/web/next.config.ts")).toContain("images: { unoptimized: true }");
    expect(holding(/from "next\/(legacy\/)?image"/)).toEqual([]);
  });

  it("sends no request on to another host: a destination could be the caller's to choose", () => {
    expect(read("apps/web/next.config.ts")).not.toMatch(/rewrites|redirects|assetPrefix|trustHostHeader/);
  });

  it("has its middleware before everything but the build's own files, and leaves where it runs to Next, which is the edge", () => {
    const middleware = read("apps/web/src/middleware.ts");
    expect(middleware).toContain(String.raw`matcher: ["/((?!_next/static/|favicon\\.ico$|icon\\.svg$).*)"]`);
    expect(middleware).not.toContain("runtime");
    expect(sources.filter((path) => /^apps\/web\/(src\/)?proxy\.ts$/.test(path))).toEqual([]);
  });
});
