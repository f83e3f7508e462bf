"use client";

import { SlidersHorizontal } from "lucide-react";
import { IconButton } from "../button.tsx";
import { DropdownMenu, MenuChecks, MenuRadio, MenuSeparator } from "../menu.tsx";
import { useUi } from "../ui-provider.tsx";
import { canHide } from "./rows.ts";
import type { DataTableColumn, TableView } from "./types.ts";

interface TableViewMenuProps {
  readonly columns: readonly DataTableColumn<never>[];
  readonly view: TableView;
  readonly onChange: (view: TableView) => void;
}

/** Which columns, how dense. */
export function TableViewMenu({ columns, view, onChange }: TableViewMenuProps) {
  const { t } = useUi();
  const choices = columns.filter(canHide);
  const shown = choices.filter((column) => !view.hiddenColumns.includes(column.id)).map((column) => column.id);
  const showOnly = (ids: readonly string[]) => {
    onChange({ ...view, hiddenColumns: choices.filter((column) => !ids.includes(column.id)).map((column) => column.id) });
  };
  return (
    <DropdownMenu items={[]} trigger={<IconButton variant="secondary" label={t("view")} icon={<SlidersHorizontal aria-hidden />} />}>
      <MenuRadio
        label={t("density")}
        value={view.density}
        onChange={(density) => onChange({ ...view, density: density === "compact" ? "compact" : "comfortable" })}
        choices={[
          { value: "comfortable", label: t("densityComfortable") },
          { value: "compact", label: t("densityCompact") },
        ]}
      />
      <MenuSeparator />
      <MenuChecks label={t("columns")} values={shown} onChange={showOnly} choices={choices.map((column) => ({ value: column.id, label: column.header }))} />
    </DropdownMenu>
  );
}
