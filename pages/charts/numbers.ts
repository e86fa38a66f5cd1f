// Exact figures of a table's cells: added up without binary floating point, written as the page's
// language does, with Latin digits.

/** The number units / 10^scale. */
export interface Exact { units: bigint; scale: number }

export const zero: Exact = { units: 0n, scale: 0 };

export function parse_exact(text: string | undefined): Exact | null {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text ?? "");
  if (!parts) return null;
  const behind = parts[3] ?? "";
  const units = BigInt(`${parts[2]}${behind}`);
  return { units: parts[1] ? -units : units, scale: behind.length };
}

export function add(left: Exact, right: Exact): Exact {
  const scale = Math.max(left.scale, right.scale);
  const raise = (one: Exact) => one.units * 10n ** BigInt(scale - one.scale);
  return { units: raise(left) + raise(right), scale };
}

/** For drawing and for comparing only. */
export const to_number = (value: Exact | null): number =>
  value ? Number(value.units) / 10 ** value.scale : 0;

const language = () => document.documentElement.lang || "en";

export function write_exact(value: Exact): string {
  const whole = value.units / 10n ** BigInt(value.scale);
  const format = new Intl.NumberFormat(language(), { numberingSystem: "latn" });
  if (whole * 10n ** BigInt(value.scale) === value.units) return format.format(whole);
  return new Intl.NumberFormat(language(), { numberingSystem: "latn",
    maximumFractionDigits: value.scale }).format(to_number(value));
}

/** `12.5M`: for axes, cells and legends, where the exact figure stands in the table. */
export function write_short(value: number): string {
  return new Intl.NumberFormat(language(), { numberingSystem: "latn", notation: "compact",
    maximumSignificantDigits: 3 }).format(value);
}
