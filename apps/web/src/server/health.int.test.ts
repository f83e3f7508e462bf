import { createLogger } from "@atrium/api";
import { testDatabase } from "@atrium/db/testing";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { checkServices } from "./health.ts";

it("a crowd that asks whether the house is well is one question to each service, and the next one is another", async () => {
  let asked = 0;
  const service = createServer((_request, response) => {
    asked += 1;
    response.end("OK");
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const address = service.address();
  const url = `http://127.0.0.1:${String(typeof address === "object" && address !== null ? address.port : 0)}`;
  const env = { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: "no-token-of-anybody", INNGEST_BASE_URL: undefined, ATRIUM_MIGRATIONS: [] };
  const house = { database: await testDatabase(), log: createLogger("silent"), env };
  const crowd = await Promise.all(Array.from({ length: 100 }, () => checkServices(house)));
  expect(asked).toBe(1);
  for (const checks of crowd) expect(checks.map(({ name, isWell }) => [name, isWell])).toEqual([["database", true], ["redis", true], ["migrations", true]]);
  await checkServices(house);
  expect(asked).toBe(2);
  service.closeAllConnections();
  service.close();
});
