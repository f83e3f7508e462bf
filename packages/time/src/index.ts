import { router } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { beginCalendar } from "./calendar/jobs.ts";
import { calendarRouter } from "./calendar/router.ts";

export const timeRouter = router({ calendar: calendarRouter });

export const timeJobs: readonly JobDefinition[] = [beginCalendar];

export { addSampleCalendar } from "./calendar/service.ts";
