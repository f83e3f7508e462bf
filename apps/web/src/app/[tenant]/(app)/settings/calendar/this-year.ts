import { dayIn } from "@atrium/kernel";

/** The year it is by the company's clock. */
export const thisYear = (timeZone: string): number => Number(dayIn(new Date(), timeZone).slice(0, 4));
