/** First parts of a path that are no company's: a company by such a name could never be reached. */
const reserved = ["api", "outbox"];

const pattern = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/** Whether this can be a company's address name, the first part of every path of theirs. */
export const isTenantSlug = (text: string): boolean => pattern.test(text) && !reserved.includes(text);

/** The address name of the platform's own tenant, whose members are our operators. No company can take it. */
export const platformSlug = "operator";
