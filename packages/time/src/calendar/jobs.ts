import { tenantJob } from "@atrium/api";
import { tenantCreated } from "@atrium/identity/contract";
import { addSampleCalendar } from "./service.ts";

/** A company that has just begun finds the holidays that every company keeps. */
export const beginCalendar = tenantJob({ id: "time/begin-calendar", on: tenantCreated, retries: 5 }, ({ step, inTenant }) =>
  step.run("add the sample calendar", () => inTenant((ctx) => addSampleCalendar(ctx))),
);
