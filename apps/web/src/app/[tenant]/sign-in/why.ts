/** Why somebody finds themselves on the sign-in page, and what it says then. */
const reasons = { ended: "ended", mismatch: "mismatch", everywhere: "everywhere", "signed-out": "signedOut", accepted: "accepted", "password-changed": "passwordChanged" } as const;

export type Why = (typeof reasons)[keyof typeof reasons];

export function whyFrom(text: string | undefined): Why | undefined {
  return Object.entries(reasons).find(([name]) => name === text)?.[1];
}
