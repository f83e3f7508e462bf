"use client";

import { ChevronDown, Search, X } from "lucide-react";
import { buttonVariants } from "../button-variants.ts";
import { Button } from "../button.tsx";
import { classNames } from "../class-names.ts";
import { Input } from "../form/input.tsx";
import { DropdownMenu, MenuChecks, MenuRadio } from "../menu.tsx";
import { useUi } from "../ui-provider.tsx";
import { chosenLabel, setFilter } from "./filters.ts";
import type { Filter, FilterValues } from "./filters.ts";
import { useDebouncedText } from "./use-debounced-text.ts";

export interface FilterBarProps {
  /** All of it is the caller's and belongs into the address, so that "back" and a sent link find the same list. */
  readonly search?: string | undefined;
  /** Called once typing pauses. Without it there is no search box. */
  readonly onSearchChange?: ((search: string) => void) | undefined;
  /** "Search by name or code". */
  readonly searchLabel?: string | undefined;
  readonly filters?: readonly Filter[] | undefined;
  readonly values?: FilterValues | undefined;
  readonly onChange?: ((values: FilterValues) => void) | undefined;
}

const noValues: FilterValues = {};

/** Search and filters over a list; a filter that is set is a chip one can take away. */
export function FilterBar({ search = "", onSearchChange, searchLabel, filters = [], values = noValues, onChange }: FilterBarProps) {
  const { t } = useUi();
  const isSet = search !== "" || filters.some((filter) => chosenLabel(filter, values) !== undefined);
  const clear = () => {
    if (search !== "") onSearchChange?.("");
    onChange?.(filters.reduce((rest, filter) => setFilter(rest, filter.id, []), values));
  };
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      {onSearchChange === undefined ? null : <SearchBox search={search} onChange={onSearchChange} label={searchLabel ?? t("search")} />}
      {filters.map((filter) => (
        <FilterChip key={filter.id} filter={filter} values={values} onChange={(next) => onChange?.(next)} />
      ))}
      {isSet ? (
        <Button variant="ghost" onClick={clear}>
          {t("clearFilters")}
        </Button>
      ) : null}
    </div>
  );
}

const pauseMs = 250;

function SearchBox({ search, onChange, label }: { readonly search: string; readonly onChange: (search: string) => void; readonly label: string }) {
  const [text, setText] = useDebouncedText(search, onChange, pauseMs);
  return (
    <div className="w-full sm:w-64">
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        icon={<Search />}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="border-line shadow-sm"
      />
    </div>
  );
}

interface FilterChipProps {
  readonly filter: Filter;
  readonly values: FilterValues;
  readonly onChange: (values: FilterValues) => void;
}

function FilterChip({ filter, values, onChange }: FilterChipProps) {
  const { t } = useUi();
  const label = chosenLabel(filter, values);
  const set = (chosen: readonly string[]) => {
    onChange(setFilter(values, filter.id, chosen));
  };
  const isSet = label !== undefined;
  return (
    <span className="inline-flex max-w-full min-w-0">
      <DropdownMenu
        align="start"
        items={[]}
        trigger={
          <button type="button" className={classNames(buttonVariants(), "min-w-0 shrink", isSet ? "rounded-r-none border-accent/40 bg-accent-soft text-accent-text hover:bg-accent-soft" : "border-dashed")}>
            <span className="truncate">
              {filter.label}
              {isSet ? `: ${label}` : null}
            </span>
            {isSet ? null : <ChevronDown aria-hidden className="text-ink-faint" />}
          </button>
        }
      >
        <FilterChoices filter={filter} chosen={values[filter.id] ?? []} onChange={set} />
      </DropdownMenu>
      {isSet ? (
        <button
          type="button"
          aria-label={t("removeFilter", { name: filter.label })}
          onClick={() => set([])}
          className={classNames(buttonVariants({ shape: "icon" }), "rounded-l-none border-l-0 border-accent/40 bg-accent-soft text-accent-text")}
        >
          <X aria-hidden />
        </button>
      ) : null}
    </span>
  );
}

interface FilterChoicesProps {
  readonly filter: Filter;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Value that stands for "any" among the choices of a single filter. */
const any = "";

function FilterChoices({ filter, chosen, onChange }: FilterChoicesProps) {
  const { t } = useUi();
  if (filter.isMultiple === true) return <MenuChecks label={filter.label} values={chosen} onChange={onChange} choices={filter.options} />;
  return (
    <MenuRadio
      label={filter.label}
      value={chosen.at(0) ?? any}
      onChange={(value) => onChange(value === any ? [] : [value])}
      choices={[{ value: any, label: t("allOptions") }, ...filter.options]}
    />
  );
}
