import { defineErrors } from "@atrium/kernel";

export const delayErrors = defineErrors({
  /** The parameter `seconds` says how long the wait is. */
  "session/too-many-tries": "too-early",
});
