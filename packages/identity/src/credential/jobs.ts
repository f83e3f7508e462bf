import { tenantJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { passwordChanged, resetAsked } from "./contract.ts";
import { answerReset, passwordChangedNotice } from "./service.ts";

/** Decides what follows when somebody forgot their password; the page that asked has answered long before. */
const answerResetJob = tenantJob({ id: "identity/answer-reset", on: resetAsked }, ({ data, step, inTenant }) =>
  step.run("answer", () => inTenant((ctx) => answerReset(ctx, data))),
);

const tellPasswordChangedJob = tenantJob({ id: "identity/tell-password-changed", on: passwordChanged, retries: 8 }, ({ data: { memberId }, step, inTenant, mail, runId }) =>
  step.run("tell", async () => {
    const notice = await inTenant((ctx) => passwordChangedNotice(ctx, memberId, `password-changed-${runId}`));
    return notice ? mail.send(notice) : "none";
  }),
);

export const credentialJobs: readonly JobDefinition[] = [answerResetJob, tellPasswordChangedJob];
