import type { Delivery } from "@atrium/api";
import { describe, expect, it } from "vitest";
import { sendAll } from "./jobs.ts";

const notices = Array.from({ length: 100 }, (_, index) => ({ key: `payslip-psl_${index}`, to: `person${index}@acme.test`, subject: "Your payslip is ready", text: "" }));

describe("the notices of a step", () => {
  it("reach everybody else when one address takes no mail", async () => {
    const reached: string[] = [];
    const send = ({ to }: { readonly to: string }): Promise<Delivery> => {
      reached.push(to);
      return Promise.resolve(to === "person7@acme.test" ? "refused" : "sent");
    };
    expect(await sendAll({ send }, notices)).toEqual({ sent: 99, refused: 1 });
    expect(reached).toEqual(notices.map(({ to }) => to));
  });

  it("stop when the mail server fails, so that the next try repeats few of them", async () => {
    let begun = 0;
    const send = (): Promise<Delivery> => {
      begun += 1;
      return begun === 20 ? Promise.reject(new Error("The connection broke.")) : Promise.resolve("sent");
    };
    await expect(sendAll({ send }, notices)).rejects.toThrow("The connection broke.");
    const atFailure = begun;
    await new Promise(setImmediate);
    expect([begun, atFailure < 30]).toEqual([atFailure, true]);
  });
});
