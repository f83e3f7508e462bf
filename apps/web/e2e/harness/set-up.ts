import { accounts, signInByApi } from "./accounts.ts";
import { setPlans } from "./database.ts";
import { announceHouse } from "./env.ts";
import { launchHouse, seedInto } from "./launch.ts";

const password = "walk through every room";

/** Faster than any people, the tests would meet the limits of a smaller plan; Initrode's journey alone shows that people do not. */
const plans = { acme: "enterprise", globex: "enterprise", hooli: "enterprise", umbrella: "enterprise", initrode: "free" } as const;

/** Once before all tests: the house stands and everybody is signed in. What it answers is called once after them. */
export default async function setUp(): Promise<() => Promise<void>> {
  const house = await launchHouse(password);
  // Playwright itself ends at once on this signal; the house would end too, but leave its folder behind.
  process.once("SIGTERM", () => void house.stop().finally(() => process.exit(143)));
  try {
    for (const scenario of ["small", "team"]) await seedInto(house, scenario);
    await setPlans(house, plans);
    for (const account of accounts) await signInByApi(house, account);
  } catch (error) {
    await house.stop();
    throw error;
  }
  announceHouse(house);
  return house.stop;
}
