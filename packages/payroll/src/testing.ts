export { payMonth } from "./testing/pay-month.ts";
