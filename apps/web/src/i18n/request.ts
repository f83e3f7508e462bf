import { getRequestConfig } from "next-intl/server";
import { messages } from "./messages.ts";

/** One language so far, and none in the path: which one a person reads is theirs to choose, not the address's. */
export default getRequestConfig(() => ({ locale: "en-IN", messages, timeZone: "Asia/Kolkata" }));
