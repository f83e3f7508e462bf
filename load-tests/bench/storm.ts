/* A storm in a process of its own, so that the one that measures stays quiet. Told what to send, says what came back. */
import { z } from "zod";
import { sendEvenly } from "./pace.ts";

const Order = z.object({ asked: z.array(z.object({ url: z.string(), cookie: z.string() })), perSecond: z.number(), seconds: z.number() });

process.on("message", (message) => {
  const { asked, perSecond, seconds } = Order.parse(message);
  void sendEvenly(asked, perSecond, seconds).then(({ statuses }) => process.send?.({ statuses }));
});
