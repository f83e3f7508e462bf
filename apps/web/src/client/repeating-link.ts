"use client";

import { TRPCClientError } from "@trpc/client";
import type { Operation, TRPCLink } from "@trpc/client";
import type { Unsubscribable } from "@trpc/server/observable";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "../server/routers.ts";
import { RouteRefused } from "./refusals.ts";

/** Decides about a call that was refused: undefined when it shall be made again, else what the caller is told. `tries` counts from 1. */
export type Judge = (error: TRPCClientError<AppRouter>, op: Operation, tries: number) => Promise<Error | undefined>;

/** Makes a call again for as long as the judge says so, with what it was made with. */
export const repeatingLink = (judge: Judge): TRPCLink<AppRouter> => () => ({ op, next }) =>
  observable((observer) => {
    let running: Unsubscribable | undefined;
    let isLeft = false;
    const run = (tries: number): void => {
      running = next(op).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error: (error) => void judge(error, op, tries).then((refused) => {
          if (refused !== undefined) observer.error(refused instanceof RouteRefused ? TRPCClientError.from<AppRouter>(refused) : error);
          else if (!isLeft) run(tries + 1);
        }),
      });
    };
    run(1);
    return () => {
      isLeft = true;
      running?.unsubscribe();
    };
  });
