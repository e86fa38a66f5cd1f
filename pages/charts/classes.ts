// Classes of figures for maps and matrices: about equally many in each, with round borders.
import { write_short } from "./numbers";
import type { Words } from "./frame";

export const most_classes = 5;

function round_two(value: number): number {
  const power = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.round(value / power) * power).toPrecision(2));
}

/** The lower borders of the classes above the first. */
export function find_borders(figures: number[]): number[] {
  const sorted = figures.filter((figure) => figure > 0).sort((left, right) => left - right);
  const borders = new Set<number>();
  for (let at = 1; at < most_classes; ++at) {
    const figure = sorted[Math.floor((at * sorted.length) / most_classes)];
    if (figure !== undefined && figure > (sorted[0] ?? 0)) borders.add(round_two(figure));
  }
  return [...borders].sort((left, right) => left - right);
}

/** 1 is the lightest; few classes are spread over all shades. */
export function class_of(figure: number, borders: number[]): number {
  const at = borders.filter((border) => figure >= border).length;
  return borders.length === 0 ? 3
    : 1 + Math.round((at * (most_classes - 1)) / borders.length);
}

export function class_names(borders: number[], words: Words): { shade: number; name: string }[] {
  const put = (text: string, figure: number) => text.replace("{figure}", write_short(figure));
  return [-1, ...borders.keys()].map((at) => {
    const from = borders[at];
    const to = borders[at + 1];
    const name = from === undefined ? (to === undefined ? "" : put(words.below, to))
      : to === undefined ? put(words.from, from) : `${write_short(from)} – ${write_short(to)}`;
    return { shade: class_of(from ?? 0, borders), name };
  });
}
