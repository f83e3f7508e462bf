"use client";

import { trpc } from "../../../../../client/trpc.ts";

/** What this page shows is asked anew after a factor has changed: the other devices are signed out with it. */
export function useProofsChanged(): () => Promise<void> {
  const { identity } = trpc.useUtils();
  return async () => {
    await Promise.all([identity.mfa.mine.invalidate(), identity.passkeys.list.invalidate(), identity.devices.list.invalidate()]);
  };
}
