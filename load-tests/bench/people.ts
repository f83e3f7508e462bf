import { encode } from "next-auth/jwt";

/** A company of the benchmarks, and the secret that its people's sessions are made with. */
export interface Company {
  readonly tenantId: string;
  readonly slug: string;
}

/** The cookies of `count` people who are signed in to a company, as the doors hand them out. */
export async function signedInPeople({ tenantId, slug }: Company, count: number, secret: string): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, person) => {
      const claims = { sessionId: `ses_bench${person}`, userId: `mem_bench${person}`, tenantId, tenantSlug: slug, epoch: 0 };
      return `atrium-session-${slug}=${await encode({ token: { claims }, secret, maxAge: 3_600 })}`;
    }),
  );
}
