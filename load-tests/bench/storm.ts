/* A storm in a process of its own, so that the one that measures stays quiet. Told what to send, says what came back. */
import { z } from "zod";
import { sendEvenly } from "./pace.ts";

const StormOrder = z.object({ asked: z.array(z.object({ url: z.string(), cookie: z.string() })).readonly(), perSecond: z.number(), seconds: z.number() });
export type StormOrder = z.output<typeof StormOrder>;

process.on("message", (message) => {
  const { asked, perSecond, seconds } = StormOrder.parse(message);
  void sendEvenly(asked, perSecond, seconds).then(({ statuses }) => process.send?.({ statuses }));
});
