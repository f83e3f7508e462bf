"use client";

import { TRPCClientError } from "@trpc/client";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "../server/routers.ts";
import { refusedProof, RouteRefused } from "./refusals.ts";

/** Where a procedure wants a fresh proof of who the person is: waits for it, and calls once more. */
export const stepUpLink: TRPCLink<AppRouter> = () => ({ op, next }) =>
  observable((observer) => {
    const run = (onError: (error: TRPCClientError<AppRouter>) => void) =>
      next(op).subscribe({ next: (value) => observer.next(value), complete: () => observer.complete(), error: onError });
    const fail = (error: TRPCClientError<AppRouter>): void => observer.error(error);
    let running = run((error) => {
      void refusedProof(error).then((refused) => {
        if (refused === undefined) running = run(fail);
        else fail(refused instanceof RouteRefused ? TRPCClientError.from<AppRouter>(refused) : error);
      });
    });
    return () => running.unsubscribe();
  });
