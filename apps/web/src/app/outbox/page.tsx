import { Card, EmptyState, Link, PageHeader, TimeText } from "@atrium/ui";
import { Mail } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { listOutbox, outboxFolder } from "../../server/outbox.ts";
import { zone } from "./zone.ts";

/** The mail of the embedded stack, to be read where no mail server is. */
export default async function Page() {
  const t = await getTranslations("common.outbox");
  const folder = (await outboxFolder()) ?? notFound();
  const messages = await listOutbox(folder);
  return (
    <>
      <PageHeader title={t("title")} count={messages.length} description={t("text")} />
      <Card isFlush>
        {messages.length === 0 ? <EmptyState icon={<Mail aria-hidden />} title={t("empty")} body={t("emptyText")} /> : null}
        <ul className="divide-y divide-line">
          {messages.map(({ name, subject, to, at }) => (
            <li key={name}>
              <Link href={`/outbox/${name}`} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5 transition-colors hover:bg-sunken">
                <span className="min-w-0 grow truncate font-medium">{subject === "" ? t("noSubject") : subject}</span>
                <span className="text-sm text-ink-soft">
                  <TimeText instant={at} timeZone={zone} />
                </span>
                <span className="w-full truncate text-sm text-ink-soft">{to}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
