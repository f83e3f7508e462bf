import type { BrowserContext } from "@playwright/test";

/** The path below a company that an API request asks for, `trpc/people.employee.list`; undefined for what is no API request. */
export function askedOf(url: string): string | undefined {
  const asked = /^(?:\/[^/]+)?\/api\/(.+)$/.exec(new URL(url).pathname)?.[1];
  // Nobody counts the probe of a tab that has lost its server.
  return asked === "health" ? undefined : asked;
}

export interface Answer {
  readonly method: string;
  /** The path below `/api/` for an API request, the whole path for a page. */
  readonly asked: string;
  readonly isApi: boolean;
  readonly status: number;
  readonly at: number;
}

/** Every answer that a browser gets from now on, in order. */
export function answersTo(context: BrowserContext): readonly Answer[] {
  const answers: Answer[] = [];
  context.on("response", (response) => {
    const asked = askedOf(response.url());
    const request = response.request();
    answers.push({ method: request.method(), asked: asked ?? new URL(response.url()).pathname, isApi: asked !== undefined, status: response.status(), at: Date.now() });
  });
  return answers;
}
