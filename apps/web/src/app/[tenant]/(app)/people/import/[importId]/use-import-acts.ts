"use client";

import type { ImportRecord } from "@atrium/people/contract";
import { toast } from "@atrium/ui";
import { trpc } from "../../../../../../client/trpc.ts";
import { useAppError } from "../../../../../../client/use-app-error.ts";

/** What one can do with an import. Each answers the import as it then stands, which the page shows at once. */
export function useImportActs() {
  const utils = trpc.useUtils();
  const explain = useAppError();
  const options = {
    onSuccess: (record: ImportRecord) => utils.people.import.get.setData({ id: record.id }, record),
    onError: (error: unknown) => {
      toast.error(explain(error).message);
      // A refusal means that the page shows what is no longer so.
      void utils.people.import.get.invalidate();
    },
  };
  return {
    commit: trpc.people.import.commit.useMutation(options),
    cancel: trpc.people.import.cancel.useMutation(options),
    recheck: trpc.people.import.recheck.useMutation(options),
  };
}
