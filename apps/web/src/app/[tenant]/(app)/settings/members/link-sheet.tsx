"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { Banner, Button, Field, Sheet, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { EmployeePicker } from "../../../../../components/employee-picker.tsx";

/** Says which employee a member is: whose payslips are theirs, and who is in their team. */
export function LinkSheet({ member, onClose }: { readonly member: MemberRow; readonly onClose: () => void }) {
  const t = useTranslations("identity.members");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const utils = trpc.useUtils();
  const [employeeId, setEmployeeId] = useState(member.employeeId ?? "");
  const linked = trpc.people.employee.get.useQuery({ id: member.employeeId ?? "" }, { enabled: member.employeeId !== null });
  const link = trpc.identity.members.linkEmployee.useMutation({
    onSuccess: async () => {
      await utils.identity.members.list.invalidate();
      toast.success(t("linked", { name: member.name }));
      onClose();
    },
  });
  const isKnown = member.employeeId === null || linked.data !== undefined || linked.error !== null;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t("linkOf", { name: member.name })}
      description={t("linkText")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            isLoading={link.isPending}
            loadingLabel={t("saving")}
            onClick={() => link.mutate({ memberId: member.id, employeeId: employeeId === "" ? null : employeeId })}
          >
            {t("saveLink")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {link.error ? <Banner tone="danger" title={explain(link.error).message} /> : null}
        <Field label={t("employee")} help={t("employeeHelp")} isRequired={false}>
          {isKnown ? <EmployeePicker value={employeeId} onChange={setEmployeeId} initialName={linked.data?.fullName} searchLabel={t("employeeSearch")} /> : <span />}
        </Field>
      </div>
    </Sheet>
  );
}
