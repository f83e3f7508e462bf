export * from "./subscription/contract.ts";
export * from "./override/contract.ts";
export * from "./usage/contract.ts";
export * from "./console/contract.ts";
export * from "./account/contract.ts";
export * from "./invoice/contract.ts";
export * from "./payment/contract.ts";
export * from "./alert/contract.ts";
