import type { messages } from "./messages.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: "en-IN";
    Messages: typeof messages;
  }
}
