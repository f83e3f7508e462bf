"use client";

import { RegisterPasskey } from "@atrium/identity/contract";
import type { PasskeyOffer } from "@atrium/identity/contract";
import { Banner, Button, Dialog, Form, FormField, Input, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { makePasskey } from "../../../../../client/passkeys.ts";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { RecoveryCodesDialog } from "./recovery-codes.tsx";
import { useDeviceName } from "./use-device-name.ts";
import { useProofsChanged } from "./use-proofs-changed.ts";

/** Adds a passkey: its name first, then the browser asks for a finger, a face or a PIN. */
export function AddPasskey() {
  const t = useTranslations("account.passkeys");
  const explain = useAppError();
  const [codes, setCodes] = useState<readonly string[]>();
  const changed = useProofsChanged();
  // Asked for before the dialog opens, so that the proof this needs is not asked for over it.
  const offer = trpc.identity.passkeys.offer.useMutation();
  const finish = (made: readonly string[]): void => {
    offer.reset();
    toast.success(t("made"));
    if (made.length > 0) setCodes(made);
    void changed();
  };
  return (
    <>
      {offer.error ? <Banner tone="danger" title={explain(offer.error).message} /> : null}
      <Button className="self-start" isLoading={offer.isPending} onClick={() => offer.mutate()}>
        {t("add")}
      </Button>
      {offer.data ? <NameDialog offer={offer.data} onDone={finish} onClose={() => offer.reset()} /> : null}
      {codes ? <RecoveryCodesDialog codes={codes} onClose={() => setCodes(undefined)} /> : null}
    </>
  );
}

interface NameDialogProps {
  readonly offer: PasskeyOffer;
  readonly onDone: (codes: readonly string[]) => void;
  readonly onClose: () => void;
}

function NameDialog({ offer, onDone, onClose }: NameDialogProps) {
  const t = useTranslations("account.passkeys");
  const ui = useTranslations("ui");
  const { client } = trpc.useUtils();
  const deviceName = useDeviceName();
  // An offer is good for one answer: a second try asks for another.
  const unused = useRef<PasskeyOffer | undefined>(offer);
  const form = useZodForm({ schema: RegisterPasskey.pick({ name: true }), defaultValues: { name: deviceName(navigator.userAgent).slice(0, 60) } });
  const make = async ({ name }: { readonly name: string }): Promise<void> => {
    const current = unused.current ?? (await client.identity.passkeys.offer.mutate());
    unused.current = undefined;
    const { recoveryCodes } = await client.identity.passkeys.register.mutate(await makePasskey(current, name));
    onDone(recoveryCodes);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("addTitle")}
      description={t("addText")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form="add-passkey" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("adding")}>
            {t("create")}
          </Button>
        </>
      }
    >
      <Form form={form} onSubmit={make} id="add-passkey">
        <FormField control={form.control} name="name" label={t("name")} help={t("nameHelp")}>
          {(field) => <Input {...field} maxLength={60} autoComplete="off" autoFocus />}
        </FormField>
      </Form>
    </Dialog>
  );
}
