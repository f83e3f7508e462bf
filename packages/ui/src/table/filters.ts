import type { SelectOption } from "../form/select.tsx";

/** One thing to filter by. */
export interface Filter {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Pick<SelectOption, "value" | "label">[];
  /** Several values at once, any of which a row may have. */
  readonly isMultiple?: boolean | undefined;
}

/** The chosen values of each filter by its id; a filter that is not set is absent. */
export type FilterValues = Readonly<Record<string, readonly string[]>>;

/** Sets one filter; with no value left it is gone, so that the address stays short. */
export function setFilter(values: FilterValues, id: string, chosen: readonly string[]): FilterValues {
  const { [id]: _replaced, ...others } = values;
  return chosen.length === 0 ? others : { ...others, [id]: chosen };
}

/** The words of a chip: the names of the chosen values, or undefined while the filter is not set. */
export function chosenLabel(filter: Filter, values: FilterValues): string | undefined {
  const chosen = values[filter.id] ?? [];
  if (chosen.length === 0) return undefined;
  return chosen.map((value) => filter.options.find((option) => option.value === value)?.label ?? value).join(", ");
}
