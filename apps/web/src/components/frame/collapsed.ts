/** The cookie in which a browser keeps whether the sidebar shows icons only. */
export const collapsedCookie = "atrium-sidebar-collapsed";
