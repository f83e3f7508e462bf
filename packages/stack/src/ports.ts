import { createServer } from "node:net";
import { systemCode } from "./stack-error.ts";

/** Opens and closes a listener on 127.0.0.1; 0 lets the system choose. Rejects with EADDRINUSE when the port is taken. */
function probe(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  });
}

/** A port of 127.0.0.1 on which nothing listens at this moment. */
export function freePort(): Promise<number> {
  return probe(0);
}

/** Whether something already listens on this port of 127.0.0.1, or the port is not ours to open. */
export async function isPortTaken(port: number): Promise<boolean> {
  try {
    await probe(port);
    return false;
  } catch (error) {
    if (systemCode(error) === "EADDRINUSE" || systemCode(error) === "EACCES") return true;
    throw error;
  }
}
