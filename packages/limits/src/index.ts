export * from "./route-classes.ts";
export * from "./verdict.ts";
