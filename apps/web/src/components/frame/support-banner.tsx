"use client";

import type { Me } from "@atrium/identity/contract";
import { Banner, Button, ButtonLink, TimeText, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { signOutOf } from "../../client/circuit.ts";
import { trpc } from "../../client/trpc.ts";
import { useAppError } from "../../client/use-app-error.ts";

/** Says that our support looks in, or that it asks to: to the operator who does, and to whoever decides. */
export function SupportBanner({ me }: { readonly me: Me }) {
  if (me.support !== null) return <LookingBanner me={me} until={me.support.until} />;
  // While something else stands in the company's way nobody decides about that; to ask would be refused.
  const canDecide = me.obstacle === null && me.grants["security:manage"] !== undefined;
  return canDecide ? <PendingBanner slug={me.tenant.slug} /> : null;
}

function LookingBanner({ me: { tenant }, until }: { readonly me: Me; readonly until: string }) {
  const t = useTranslations("security.support");
  const explain = useAppError();
  const leave = async (): Promise<void> => {
    try {
      await signOutOf(tenant.slug);
      window.location.assign("/operator");
    } catch (error) {
      toast.error(explain(error).message);
    }
  };
  const when = () => <TimeText instant={until} timeZone={tenant.timeZone} />;
  return (
    <Banner
      tone="attention"
      title={t.rich("lookingBanner", { company: tenant.name, when })}
      action={<Button size="sm" onClick={() => void leave()}>{t("leave")}</Button>}
    />
  );
}

function PendingBanner({ slug }: { readonly slug: string }) {
  const t = useTranslations("security.support");
  const settings = `/${slug}/settings/security`;
  const isThere = usePathname() === settings;
  const { data } = trpc.identity.support.pending.useQuery();
  if (data === undefined || data.pending === 0 || isThere) return null;
  return (
    <Banner
      tone="attention"
      title={t("pendingBanner")}
      action={<ButtonLink size="sm" href={settings}>{t("pendingAction")}</ButtonLink>}
    />
  );
}
