/**
 * Every word the design system says by itself. The application translates each under its own name, for instance in
 * the namespace `ui`; names in braces are the values a message is given. What a single screen says comes by props.
 */
export const uiMessageKeys = [
  "account",
  "allOptions", // no filter of this kind is set
  "asTable", // a chart's numbers
  "breadcrumb",
  "cancel",
  "clearFilters",
  "clearSelection",
  "close",
  "collapseSidebar",
  "columns",
  "companies",
  "density",
  "densityComfortable",
  "densityCompact",
  "expandSidebar",
  "fieldsNeedCorrection", // {count}
  "fileChoose",
  "fileDropHere",
  "fileRemove", // {name}
  "hide", // {name}
  "mainNavigation",
  "more",
  "moreActions",
  "nextPage",
  "notifications",
  "optional",
  "paletteEmpty", // {query}
  "palettePlaceholder",
  "paletteRecent",
  "paletteSearching",
  "previousPage",
  "rangeOfTotal", // {from} {to} {total}
  "removeFilter", // {name}
  "reveal", // {name}
  "rowCount", // {count}
  "rowsSelected", // {count}
  "search",
  "searchShortcut", // the keys with a space between: "Ctrl K"
  "selectAllRows",
  "selectRow", // {name}
  "skipToContent",
  "stepCurrent",
  "stepDone",
  "stepFailed",
  "stepUpcoming",
  "theme",
  "themeDark",
  "themeLight",
  "themeSystem",
  "view",
] as const;

export type UiMessageKey = (typeof uiMessageKeys)[number];

/** Gives the words of a key in the person's language. `useTranslations("ui")` of next-intl is one. */
export type UiTranslate = (key: UiMessageKey, values?: Record<string, string | number>) => string;
