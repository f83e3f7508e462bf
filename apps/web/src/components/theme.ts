import type { Theme } from "@atrium/ui";

/** The cookie in which a browser keeps how Atrium looks there; the server writes it onto the page. */
export const themeCookie = "atrium-theme";

export function themeFrom(text: string | undefined): Theme {
  return text === "light" || text === "dark" ? text : "system";
}
