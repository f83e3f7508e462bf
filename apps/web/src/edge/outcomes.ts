/** Pages that tell why a company's doors are shut, with the status that says the same to programs. */
const statuses: Readonly<Record<string, number>> = { suspended: 403, subscription: 402 };

/**
 * The status of a page whose path alone decides it: a page cannot choose its own, and of what a company's standing is
 * the edge knows nothing. The server sends people there who belong there.
 */
export function statusOfPage(pathname: string): number {
  const [, , part = "", ...rest] = pathname.split("/");
  return rest.length === 0 && Object.hasOwn(statuses, part) ? (statuses[part] ?? 200) : 200;
}
