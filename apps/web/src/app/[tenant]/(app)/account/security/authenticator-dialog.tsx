"use client";

import { ConfirmAuthenticator } from "@atrium/identity/contract";
import type { AuthenticatorOffer } from "@atrium/identity/contract";
import { Button, Dialog, Form, FormField, Input, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { QrCode } from "./qr-code.tsx";
import { RecoveryCodesDialog } from "./recovery-codes.tsx";
import { useProofsChanged } from "./use-proofs-changed.ts";

interface AuthenticatorDialogProps {
  readonly offer: AuthenticatorOffer;
  readonly onClose: () => void;
}

/** Sets up an app in two steps: the picture and the first code, then the recovery codes if there were none. */
export function AuthenticatorDialog({ offer, onClose }: AuthenticatorDialogProps) {
  const [codes, setCodes] = useState<readonly string[]>();
  const changed = useProofsChanged();
  const finish = (made: readonly string[]): void => {
    if (made.length === 0) void changed().then(onClose);
    else setCodes(made);
  };
  // The page is asked anew only when the codes were seen: what it shows instead of "Set up" would take them away.
  if (codes) return <RecoveryCodesDialog codes={codes} onClose={() => void changed().then(onClose)} />;
  return <ScanDialog offer={offer} onDone={finish} onClose={onClose} />;
}

function ScanDialog({ offer, onDone, onClose }: AuthenticatorDialogProps & { readonly onDone: (codes: readonly string[]) => void }) {
  const t = useTranslations("account.app");
  const ui = useTranslations("ui");
  const { client } = trpc.useUtils();
  const form = useZodForm({ schema: ConfirmAuthenticator.extend({ code: ConfirmAuthenticator.shape.code.min(1, { error: t("codeMissing") }) }), defaultValues: { code: "" } });
  const confirm = async (typed: ConfirmAuthenticator): Promise<void> => {
    const { recoveryCodes } = await client.identity.mfa.confirmAuthenticator.mutate(typed);
    onDone(recoveryCodes);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("setUpTitle")}
      description={t("setUpText")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form="confirm-authenticator" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("confirming")}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col items-center gap-4 pb-4">
        <QrCode text={offer.uri} label={t("picture")} />
        <p className="text-center text-sm text-ink-soft">
          {t("orType")} <code className="mt-1 block font-mono text-ink wrap-anywhere select-all">{offer.key}</code>
        </p>
      </div>
      <Form form={form} onSubmit={confirm} id="confirm-authenticator">
        <FormField control={form.control} name="code" label={t("code")} help={t("codeHelp")}>
          {(field) => <Input {...field} inputMode="numeric" autoComplete="one-time-code" autoFocus />}
        </FormField>
      </Form>
    </Dialog>
  );
}
