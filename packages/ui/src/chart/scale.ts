/** The top of an axis that holds `largest`: 1, 2, 4, 6 or 8 times a power of ten, so that its half is a whole number too, but for 1. */
export function axisTop(largest: number): number {
  if (largest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const factor = [1, 2, 4, 6, 8, 10].find((step) => step * power >= largest) ?? 10;
  return factor * power;
}

/** Places of the labels under `count` bars: the first, the last, and as many between as fit evenly. */
export function labelledPlaces(count: number, most: number): readonly number[] {
  if (count <= 0) return [];
  const steps = Math.min(most, count) - 1;
  if (steps <= 0) return [0];
  return Array.from({ length: steps + 1 }, (_, step) => Math.round((step * (count - 1)) / steps));
}
