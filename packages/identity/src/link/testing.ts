import type { CurrentTenant, Message } from "@atrium/api";
import { inContext } from "@atrium/api/testing";
import type { Database } from "@atrium/db";
import type { EmittedEvent } from "@atrium/kernel";
import { passwordChanged, resetAsked } from "../credential/contract.ts";
import { answerReset, passwordChangedNotice } from "../credential/service.ts";
import { linkPrepared } from "./contract.ts";
import { emailChangeNotice, linkMail } from "./service.ts";

const toPage = (...path: readonly string[]): string => ["https://hr.example.test", ...path].join("/");

/** The mails that these news lead to, in the order in which the jobs would send them. */
export async function mailsAfter(database: Database, tenant: CurrentTenant, news: readonly EmittedEvent[], now: Date): Promise<readonly Message[]> {
  const mails: Message[] = [];
  for (const { name, data } of news) {
    const { emitted, value } = await inContext(
      database,
      tenant,
      async (ctx): Promise<readonly (Message | undefined)[]> => {
        if (name === resetAsked.name) await answerReset(ctx, resetAsked.payload.parse(data));
        if (name === passwordChanged.name) return [await passwordChangedNotice(ctx, passwordChanged.payload.parse(data).memberId, "password-changed")];
        if (name !== linkPrepared.name) return [];
        const { linkId } = linkPrepared.payload.parse(data);
        return [await emailChangeNotice(ctx, linkId), await linkMail(ctx, linkId, toPage)];
      },
      { now },
    );
    mails.push(...value.filter((mail) => mail !== undefined), ...(await mailsAfter(database, tenant, emitted, now)));
  }
  return mails;
}

/** The secret of the link in a mail; "" when it carries none. */
export const secretIn = (mail: Message | undefined): string => /#([\w-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
