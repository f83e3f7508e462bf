/*
 * Redis and its REST door in a process of their own, as a company would have them elsewhere: what they cost must not fall
 * on the process that is measured nor on the one that measures. Says where the door is, and on being asked how many calls
 * came through it.
 */
import { removeHome, startGateway, startRedis } from "@atrium/stack";
import { temporaryHome } from "@atrium/stack/testing";

const home = await temporaryHome();
const token = crypto.randomUUID();
const redis = await startRedis({ home, password: crypto.randomUUID(), isDurable: false });
let calls = 0;
const gateway = await startGateway({
  token,
  backend: {
    pipeline: (commands) => ((calls += 1), redis.backend.pipeline(commands)),
    transaction: (commands) => ((calls += 1), redis.backend.transaction(commands)),
  },
});

process.on("message", () => process.send?.({ calls }));
process.once("disconnect", () => void close());
process.send?.({ url: gateway.url, token });

async function close(): Promise<void> {
  await gateway.stop();
  await redis.stop();
  removeHome(home);
}
