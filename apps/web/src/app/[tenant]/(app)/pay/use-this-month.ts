"use client";

import { dayIn, monthOf } from "@atrium/kernel";
import type { YearMonth } from "@atrium/kernel";
import { useState } from "react";
import { useMe } from "../../../../components/frame/me.ts";

/** The company's month at the moment the page was opened. */
export function useThisMonth(): YearMonth {
  const { timeZone } = useMe().tenant;
  const [month] = useState(() => monthOf(dayIn(new Date(), timeZone)));
  return month;
}
