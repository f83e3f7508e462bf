import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppRouter } from "../server/routers.ts";
import { asRead, limitLink } from "./limit-link.ts";
import { refusalOf } from "./refusals.ts";
import { onRefusedWrites, refusedWrites, settleRepeat } from "./repeats.ts";
import type { RepeatAnswer, Refused } from "./repeats.ts";
import { currentWait, goOnIfDue } from "./waits.ts";

const start = new Date("2026-11-20T06:00:00Z");
let stop: (() => void) | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(async () => {
  stop?.();
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

interface Refusing {
  readonly code?: string;
  /** 0: it does not say when to come again. */
  readonly seconds?: number;
  /** How many requests are refused before one is let in. */
  readonly times?: number;
}

/** A server at a limit that answers as the edge does, and notes every request. */
function serverAtItsLimit({ code = "limits/tenant-minute", seconds = 12, times = 1 }: Refusing = {}) {
  const requests: string[] = [];
  const fetch = (input: RequestInfo | URL | string): Promise<Response> => {
    const names = new URL(input instanceof Request ? input.url : input).pathname.replace("/api/trpc/", "");
    requests.push(names);
    if (requests.length <= times) {
      const app = { code, requestId: "r", ...(seconds > 0 && { params: { seconds } }) };
      const error = { message: code, code: -32_000, data: { httpStatus: 429, app } };
      const headers = { "content-type": "application/problem+json", "retry-after": String(seconds) };
      return Promise.resolve(new Response(JSON.stringify({ status: 429, error }), { status: 429, headers }));
    }
    return Promise.resolve(Response.json(names.split(",").map((name) => ({ result: { data: name } }))));
  };
  const client = createTRPCClient<AppRouter>({ links: [limitLink, httpBatchLink({ url: "http://house.test/api/trpc", fetch, maxItems: 10 })] });
  const rename = () => client.identity.passkeys.rename.mutate({ id: "pky_0001", name: "Laptop" });
  return { requests, client, rename };
}

const outcomeOf = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => refusalOf(error)?.code);

/** A dialog that answers as soon as it is asked. Keeps what it was asked. */
function dialogThat(answer: RepeatAnswer): readonly Refused[] {
  const asked: Refused[] = [];
  stop = onRefusedWrites(() => {
    const refused = refusedWrites();
    if (refused === undefined) return;
    asked.push(refused);
    settleRepeat(answer);
  });
  return asked;
}

describe("a read at a limit of requests", () => {
  it("waits as long as it was told, and then goes on by itself in one batch as before", async () => {
    const { requests, client } = serverAtItsLimit();
    const answers = Promise.all([client.identity.devices.list.query(), client.identity.passkeys.list.query()]);
    await vi.advanceTimersByTimeAsync(11_900);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(700);
    expect(requests).toEqual(["identity.devices.list,identity.passkeys.list", "identity.devices.list,identity.passkeys.list"]);
    expect(await answers).toEqual(["identity.devices.list", "identity.passkeys.list"]);
  });

  it("says meanwhile which limit it waits for and until when", async () => {
    const { client } = serverAtItsLimit({ code: "limits/user", seconds: 3 });
    const answer = client.identity.devices.list.query();
    await vi.advanceTimersByTimeAsync(10);
    expect(currentWait()?.code).toBe("limits/user");
    const { until = 0 } = currentWait() ?? {};
    expect(until - start.getTime()).toBeGreaterThanOrEqual(3_000);
    expect(until - start.getTime()).toBeLessThan(3_600);
    await vi.advanceTimersByTimeAsync(4_000);
    await answer;
    expect(currentWait()).toBeUndefined();
  });

  it("is made five times at most, and is then refused with the server's own words", async () => {
    const { requests, client } = serverAtItsLimit({ times: 99, seconds: 2 });
    const outcome = outcomeOf(client.identity.devices.list.query());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await outcome).toBe("limits/tenant-minute");
    expect(requests).toHaveLength(5);
  });

  it("goes on as soon as its tab is seen again, although the timers of a hidden tab are late", async () => {
    const { requests, client } = serverAtItsLimit();
    const answer = client.identity.devices.list.query();
    await vi.advanceTimersByTimeAsync(10);
    vi.setSystemTime(start.getTime() + 60_000);
    goOnIfDue();
    await vi.advanceTimersByTimeAsync(1);
    await answer;
    expect(requests).toHaveLength(2);
  });

  it("is not made again once nobody wants its answer any more", async () => {
    const { requests, client } = serverAtItsLimit();
    const left = new AbortController();
    const outcome = client.identity.devices.list.query(undefined, { signal: left.signal }).catch(() => "left");
    await vi.advanceTimersByTimeAsync(10);
    left.abort();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await outcome).toBe("left");
    expect(requests).toHaveLength(1);
  });

  it("is also what changes nothing but is sent as a write", async () => {
    const { requests, client } = serverAtItsLimit();
    const answer = client.identity.credentials.openLink.mutate({ purpose: "password-reset", secret: "made up" }, { context: asRead });
    await vi.advanceTimersByTimeAsync(13_000);
    await answer;
    expect(requests).toHaveLength(2);
  });

  it("is refused at once where no time was told, such as for a batch that is too large", async () => {
    const { requests, client } = serverAtItsLimit({ code: "limits/batch-too-large", seconds: 0 });
    const outcome = outcomeOf(client.identity.devices.list.query());
    await vi.advanceTimersByTimeAsync(10);
    expect(await outcome).toBe("limits/batch-too-large");
    expect(requests).toHaveLength(1);
  });
});

describe("a write at a limit of requests", () => {
  it("is never made again by itself, however long one waits", async () => {
    const { requests, rename } = serverAtItsLimit();
    stop = onRefusedWrites(() => undefined);
    const outcome = outcomeOf(rename());
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(requests).toHaveLength(1);
    settleRepeat("left");
    await outcome;
  });

  it("is made once more with what it was made with when the person says so", async () => {
    const { requests, rename } = serverAtItsLimit();
    const asked = dialogThat("repeat");
    const answer = rename();
    await vi.advanceTimersByTimeAsync(10);
    expect(await answer).toBe("identity.passkeys.rename");
    expect(requests).toHaveLength(2);
    expect(asked).toEqual([{ code: "limits/tenant-minute", until: start.getTime() + 12_000, acts: ["identity/passkeys/rename"] }]);
  });

  it("is asked about again when it is refused again", async () => {
    const { requests, rename } = serverAtItsLimit({ times: 3 });
    const asked = dialogThat("repeat");
    const answer = rename();
    await vi.advanceTimersByTimeAsync(10);
    await answer;
    expect([requests.length, asked.length]).toEqual([4, 3]);
  });

  it("that is left says that nothing was done", async () => {
    const { requests, rename } = serverAtItsLimit();
    dialogThat("left");
    const outcome = outcomeOf(rename());
    await vi.advanceTimersByTimeAsync(10);
    expect(await outcome).toBe("limits/left-undone");
    expect(requests).toHaveLength(1);
  });

  it("is asked about in one dialog with the others that were refused", async () => {
    const { requests, client, rename } = serverAtItsLimit();
    stop = onRefusedWrites(() => undefined);
    const answers = Promise.all([rename(), client.identity.passkeys.remove.mutate({ id: "pky_0002" })]);
    await vi.advanceTimersByTimeAsync(10);
    expect(refusedWrites()?.acts).toEqual(["identity/passkeys/rename", "identity/passkeys/remove"]);
    settleRepeat("repeat");
    await vi.advanceTimersByTimeAsync(10);
    await answers;
    expect(requests).toHaveLength(2);
  });

  it("is refused as it was on a page where nothing can ask", async () => {
    const { requests, rename } = serverAtItsLimit({ code: "limits/unavailable" });
    const outcome = outcomeOf(rename());
    await vi.advanceTimersByTimeAsync(10);
    expect(await outcome).toBe("limits/unavailable");
    expect(requests).toHaveLength(1);
  });
});
