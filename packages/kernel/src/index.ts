export * from "./dates.ts";
export * from "./errors.ts";
export * from "./events.ts";
export * from "./ids.ts";
export * from "./money.ts";
export * from "./paging.ts";
export * from "./permissions.ts";
export * from "./slugs.ts";
