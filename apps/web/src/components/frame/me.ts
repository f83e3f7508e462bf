"use client";

import type { Me } from "@atrium/identity/contract";
import type { Permission, Scope } from "@atrium/kernel";
import { createContext, use } from "react";

export const MeContext = createContext<Me | undefined>(undefined);

/** Who is signed in and what they may do. Throws outside the frame. */
export function useMe(): Me {
  const me = use(MeContext);
  if (me === undefined) throw new Error("This component stands outside the frame of somebody who is signed in.");
  return me;
}

/** How far the person's permission reaches; undefined when they do not hold it. For what to show: the server decides anew. */
export function useGrant(permission: Permission): readonly Scope[] | undefined {
  return useMe().grants[permission];
}
