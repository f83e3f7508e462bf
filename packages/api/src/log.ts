import { pino } from "pino";
import type { DestinationStream, Logger } from "pino";
import type { LogLevel } from "./env.ts";
import { scrubFields, scrubText } from "./scrub.ts";

export type { Logger } from "pino";

/** One JSON line an event, on standard output unless told otherwise. What opens a door or stands on a person's papers is not in it. */
export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(1)): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: (line) => scrubFields(line) },
      // By then it is no error any more, but what is printed of it.
      serializers: { err: (printed: unknown) => printed },
      hooks: {
        logMethod(args, method) {
          const [, message] = args;
          if (typeof message === "string") args[1] = scrubText(message);
          method.apply(this, args);
        },
      },
    },
    destination,
  );
}
