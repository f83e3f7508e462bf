import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** What came back of requests that were sent evenly. */
export interface Paced {
  /** In ms, from sending to the last byte of the answer. */
  readonly times: readonly number[];
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
}

const idleMs = 2_000;

export interface Asked {
  readonly url: string;
  readonly cookie: string;
}

/**
 * Sends requests in turn, so many a second and without waiting for the answers: people do not ask less because a house is
 * slow. Each comes at a moment of its own within its share of the time, because two who send by the beat fall into step, and
 * then every request of the one meets one of the other's. Ends after `seconds`, when the last was answered.
 */
export async function sendEvenly(asked: readonly Asked[], perSecond: number, seconds: number): Promise<Paced> {
  // Closed here before the server closes them: a request sent at that very moment would be lost.
  const agent = new Agent({ keepAlive: true, timeout: idleMs });
  const times: number[] = [];
  const statuses: Record<number, number> = {};
  const began = performance.now();
  const sent = Array.from({ length: Math.floor(perSecond * seconds) }, async (_, index) => {
    const one = asked[index % asked.length];
    if (!one) throw new Error("There is nothing to ask.");
    await pause(((index + Math.random()) * 1_000) / perSecond);
    const sentAt = performance.now();
    const status = await statusOf(one, agent);
    times.push(performance.now() - sentAt);
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  await Promise.all([...sent, pause(seconds * 1_000 - (performance.now() - began))]);
  agent.destroy();
  return { times, statuses };
}

function statusOf({ url, cookie }: Asked, agent: Agent): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sending = request(url, { agent, headers: { cookie } }, (answer) => {
    answer.resume().once("end", () => resolve(answer.statusCode ?? 0)).once("error", reject);
  });
  sending.once("error", reject).end();
  return promise;
}
