import type { Page, Request } from "@playwright/test";

/** A request that draws on a company's buckets, as a test reads it. */
export interface ApiRequest {
  readonly method: string;
  /** `trpc/people.employee.list,people.organisation.departments`: what stands behind `/api/`. */
  readonly asked: string;
  /** How many procedures it calls at once; 1 for a route. */
  readonly calls: number;
}

/** Every API request of a page from now on, in order. Nobody counts the probe of a tab that has lost its server. */
export function apiRequests(page: Page): readonly ApiRequest[] {
  const seen: ApiRequest[] = [];
  page.on("request", (request) => {
    const one = asApiRequest(request);
    if (one !== undefined) seen.push(one);
  });
  return seen;
}

function asApiRequest(request: Request): ApiRequest | undefined {
  const { pathname } = new URL(request.url());
  const asked = /^(?:\/[^/]+)?\/api\/(.+)$/.exec(pathname)?.[1];
  if (asked === undefined || asked === "health") return undefined;
  return { method: request.method(), asked, calls: asked.startsWith("trpc/") ? asked.split(",").length : 1 };
}
