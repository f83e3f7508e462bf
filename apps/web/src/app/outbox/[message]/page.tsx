import { Card, KeyValueList, PageHeader, TextLink, TimeText } from "@atrium/ui";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { outboxFolder, readOutbox } from "../../../server/outbox.ts";
import { zone } from "../zone.ts";

/** One message, as text: what a mail says is never run or laid out as a page of ours. */
export default async function Page({ params }: { readonly params: Promise<{ message: string }> }) {
  const t = await getTranslations("common.outbox");
  const folder = (await outboxFolder()) ?? notFound();
  const message = (await readOutbox(folder, (await params).message)) ?? notFound();
  return (
    <>
      <p>
        <TextLink href="/outbox">{t("back")}</TextLink>
      </p>
      <PageHeader title={message.subject === "" ? t("noSubject") : message.subject} />
      <Card>
        <KeyValueList
          items={[
            { key: "from", label: t("from"), value: message.from },
            { key: "to", label: t("to"), value: message.to },
            { key: "date", label: t("date"), value: <TimeText instant={message.at} timeZone={zone} /> },
            ...message.attachments.map((name) => ({ key: name, label: t("attachment"), value: name })),
          ]}
        />
        <pre className="mt-4 border-t border-line pt-4 font-sans wrap-anywhere whitespace-pre-wrap">{message.text}</pre>
      </Card>
    </>
  );
}
