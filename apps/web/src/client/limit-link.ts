"use client";

import { refusedByLimit } from "./refusals.ts";
import { repeatingLink } from "./repeating-link.ts";

/** What a call that changes nothing says of itself although it is sent as a write: `mutate(input, { context: asRead })`. */
export const asRead = { isRead: true };

/** Where a limit of requests was met: a read waits and is made again, a write is made again only when the person says so. */
export const limitLink = repeatingLink((error, { type, path, context }, tries) => {
  const isRead = type === "query" || context["isRead"] === true;
  return refusedByLimit(error, { isRead, act: path.replaceAll(".", "/"), tries });
});
