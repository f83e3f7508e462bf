/** Answers the company whose own domain a name is; undefined when it is nobody's. Throws when nobody could say. */
export type FindByDomain = (name: string) => Promise<string | undefined>;

const keptMs = 60_000;
const maxKept = 1_000;

/** Remembers each answer for a minute, the empty ones too, so that strange names do not become questions to the database. */
export function rememberDomains(ask: FindByDomain, now: () => number = Date.now): FindByDomain {
  const kept = new Map<string, { readonly slug: string | undefined; readonly until: number }>();
  return async (name) => {
    const known = kept.get(name);
    if (known && known.until > now()) return known.slug;
    const slug = await ask(name);
    kept.delete(name);
    const [oldest] = kept.keys();
    if (kept.size >= maxKept && oldest !== undefined) kept.delete(oldest);
    kept.set(name, { slug, until: now() + keptMs });
    return slug;
  };
}

const patienceMs = 500;

/** Asks the application itself: the edge has no way to the database. @param origin where this very process listens */
export function askTheHouse(origin: string): FindByDomain {
  return async (name) => {
    const url = new URL(`/api/hosts?${new URLSearchParams({ name }).toString()}`, origin);
    const answer = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(patienceMs) });
    if (answer.status === 404) return undefined;
    const said: unknown = answer.ok ? await answer.json() : undefined;
    if (typeof said === "object" && said !== null && "slug" in said && typeof said.slug === "string") return said.slug;
    throw new Error(`The question for a domain was answered with ${String(answer.status)}.`);
  };
}
