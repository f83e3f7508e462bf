/** The least contrast of text on its background (WCAG 2.2 AA, 1.4.3). */
export const textContrast = 4.5;
/** The least contrast of what marks a control or a state (WCAG 2.2 AA, 1.4.11). */
export const controlContrast = 3;

const hexPattern = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/**
 * Relative luminance of an sRGB colour, 0 (black) to 1 (white), by the formula of WCAG 2.2.
 * Throws a RangeError for anything but `#rrggbb`.
 */
export function luminance(hex: string): number {
  const match = hexPattern.exec(hex);
  if (match === null) throw new RangeError(`${hex} is not a colour written #rrggbb`);
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((pair) => linear(Number.parseInt(pair, 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2). Throws a RangeError for any other notation. */
export function contrastRatio(first: string, second: string): number {
  const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
