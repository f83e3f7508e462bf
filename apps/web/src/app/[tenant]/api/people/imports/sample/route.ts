import { sampleJoiners } from "@atrium/people";
import { csvAnswer } from "../../../../../../server/csv-answer.ts";
import { memberRoute } from "../../../../../../server/route.ts";

/** A file with every column, rows that are good and rows that show what is refused. */
export const GET = memberRoute<{ readonly tenant: string }>("people:import", async () => {
  async function* whole(): AsyncGenerator<string, void> {
    yield await sampleJoiners();
  }
  return csvAnswer("joiners-sample.csv", whole());
});
