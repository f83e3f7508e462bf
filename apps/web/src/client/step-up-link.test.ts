import { createTRPCClient, TRPCClientError } from "@trpc/client";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, describe, expect, it } from "vitest";
import type { AppRouter } from "../server/routers.ts";
import { refusalOf } from "./refusals.ts";
import { isProofWanted, onProofWanted, settleProof } from "./step-up.ts";
import type { ProofAnswer } from "./step-up.ts";
import { stepUpLink } from "./step-up-link.ts";

/** A server that wants a proof until it has one, and notes every call. */
function serverThatAsks({ isContent = true } = {}) {
  const calls: unknown[] = [];
  let hasProof = false;
  const server: TRPCLink<AppRouter> = () => ({ op }) =>
    observable((observer) => {
      calls.push(op.input);
      if (hasProof && isContent) {
        observer.next({ result: { data: undefined } });
        observer.complete();
        return;
      }
      const app = { code: "session/step-up-required", requestId: "r" };
      observer.error(TRPCClientError.from({ error: { code: -32_003, message: app.code, data: { code: "FORBIDDEN", httpStatus: 403, app } } }));
    });
  const { identity } = createTRPCClient<AppRouter>({ links: [stepUpLink, server] });
  const prove = (): void => {
    hasProof = true;
  };
  return { calls, prove, rename: (name: string) => identity.passkeys.rename.mutate({ id: "pky_0001", name }) };
}

let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** A dialog that answers as soon as it is asked. Counts how often it was. */
function dialogThat(answer: ProofAnswer, onAsked: () => void = () => undefined) {
  const asked = { times: 0 };
  stop = onProofWanted(() => {
    if (!isProofWanted()) return;
    asked.times += 1;
    onAsked();
    settleProof(answer);
  });
  return asked;
}

const codeOf = async (call: Promise<unknown>) => refusalOf(await call.then(() => undefined, (error: unknown) => error))?.code;

describe("a call that wants a proof", () => {
  it("is made once more with what it was made with, as soon as there is one", async () => {
    const server = serverThatAsks();
    dialogThat("proved", server.prove);
    await server.rename("Laptop");
    expect(server.calls).toEqual([{ id: "pky_0001", name: "Laptop" }, { id: "pky_0001", name: "Laptop" }]);
  });

  it("is made no third time", async () => {
    const server = serverThatAsks({ isContent: false });
    const asked = dialogThat("proved", server.prove);
    expect(await codeOf(server.rename("Laptop"))).toBe("session/step-up-required");
    expect([server.calls.length, asked.times]).toEqual([2, 1]);
  });

  it("is given up when the person does not want to, and says so", async () => {
    const server = serverThatAsks();
    dialogThat("cancelled");
    expect(await codeOf(server.rename("Laptop"))).toBe("session/step-up-cancelled");
    expect(server.calls).toHaveLength(1);
  });

  it("is refused as it was on a page where nothing can ask", async () => {
    const server = serverThatAsks();
    expect(await codeOf(server.rename("Laptop"))).toBe("session/step-up-required");
    expect(server.calls).toHaveLength(1);
  });
});
