"use client";

import { createTRPCReact } from "@trpc/react-query";
import type { AppRouter } from "../server/routers.ts";

/** The procedures of the house as hooks: `trpc.identity.members.list.useQuery(…)`. */
export const trpc = createTRPCReact<AppRouter>();
