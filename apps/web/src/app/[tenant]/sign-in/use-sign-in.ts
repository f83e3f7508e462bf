"use client";

import { useState } from "react";
import { postToCircuit } from "../../../client/circuit.ts";
import { answerQuestion } from "../../../client/passkeys.ts";
import type { RouteRefused } from "../../../client/refusals.ts";
import { trpc } from "../../../client/trpc.ts";

type Door = "credentials" | "passkey";
type Fields = Readonly<Record<string, string>>;

export interface SignInActs {
  /** Posts what was typed and leaves for the page that was wanted; answers the refusal, if it was refused. */
  readonly post: (door: Door, fields: Fields) => Promise<RouteRefused | undefined>;
  /** The same with the answer of a passkey, for which the browser asks first. What goes wrong is `failure`. */
  readonly postPasskey: (door: Door, fields: Fields) => void;
  readonly isLeaving: boolean;
  readonly isAsking: boolean;
  readonly failure: unknown;
}

/** The acts of the sign-in page. */
export function useSignIn(slug: string, next: string): SignInActs {
  const { client } = trpc.useUtils();
  const [isLeaving, setIsLeaving] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const post = async (door: Door, fields: Fields): Promise<RouteRefused | undefined> => {
    setFailure(undefined);
    const { refused } = await postToCircuit(slug, `callback/${door}`, { ...fields, callbackUrl: next });
    if (refused !== undefined) return refused;
    setIsLeaving(true);
    window.location.assign(next);
    return undefined;
  };
  const askAndPost = async (door: Door, fields: Fields): Promise<void> => {
    setIsAsking(true);
    setFailure(undefined);
    try {
      const passkey = await answerQuestion(await client.identity.signIn.askPasskey.mutate());
      const refused = await post(door, { ...fields, passkey: JSON.stringify(passkey) });
      if (refused === undefined) return;
      setFailure(refused);
    } catch (error) {
      setFailure(error);
    }
    setIsAsking(false);
  };
  return { post, postPasskey: (door, fields) => void askAndPost(door, fields), isLeaving, isAsking, failure };
}
