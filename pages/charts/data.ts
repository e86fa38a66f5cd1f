// Reads the figures of a chart out of the table on the page.
import { add, parse_exact, to_number, zero, type Exact } from "./numbers";

export interface Measure { name: string; title: string; adds_up: boolean }
export interface Row { x: string; series: string; code: string; values: (Exact | null)[] }
export interface Source {
  x_title: string; x_is_year: boolean; series_title: string; measures: Measure[]; rows: Row[];
}
/** Rows of one name, added up. */
export interface Sum { name: string; value: Exact; rows: number }

function title_of(head: Element | undefined): string {
  const copy = head?.cloneNode(true);
  if (!(copy instanceof Element)) return "";
  const unit = copy.querySelector(".unit")?.textContent?.trim() ?? "";
  copy.querySelector(".unit")?.remove();
  const title = copy.textContent?.trim() ?? "";
  return unit ? `${title}, ${unit}` : title;
}

const text_of = (cell: Element | undefined, unknown: string): string =>
  !cell || cell.querySelector(".unknown") ? unknown : cell.textContent?.trim() ?? "";

/** `unknown`: what stands for a name that was not stated. */
export function read_source(figure: HTMLElement, unknown: string): Source {
  const table = document.getElementById(figure.dataset.table ?? "");
  const heads = [...table?.querySelectorAll("thead th") ?? []];
  const index = (name: string | undefined) =>
    heads.findIndex((head) => head.getAttribute("data-name") === name);
  const x = index(figure.dataset.x);
  const series = index(figure.dataset.series);
  const columns = (figure.dataset.y ?? "").split(" ").map(index).filter((at) => at >= 0);
  const rows = [...table?.querySelectorAll("tbody tr") ?? []].map((row): Row => {
    const cells = [...row.children];
    return {
      x: text_of(cells[x], unknown),
      series: series < 0 ? "" : text_of(cells[series], unknown),
      code: cells[x]?.getAttribute("data-code") ?? "",
      values: columns.map((at) => parse_exact(cells[at]?.getAttribute("data-v") ?? undefined)),
    };
  });
  return {
    x_title: title_of(heads[x]), x_is_year: heads[x]?.getAttribute("data-kind") === "year",
    series_title: title_of(heads[series]), rows,
    measures: columns.map((at) => ({
      name: heads[at]?.getAttribute("data-name") ?? "",
      title: title_of(heads[at]),
      // One initiative may stand under several names: counts of the rest would count it twice.
      adds_up: heads[at]?.getAttribute("data-kind") === "money",
    })),
  };
}

/** The sums by name, greatest first; `last` stays behind all others. */
export function sum_by(rows: { name: string; value: Exact | null }[], last: string): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { name, value } of rows) {
    if (!value) continue;
    const sum = sums.get(name) ?? { name, value: zero, rows: 0 };
    sums.set(name, { name, value: add(sum.value, value), rows: sum.rows + 1 });
  }
  return [...sums.values()].sort((left, right) =>
    Number(left.name === last) - Number(right.name === last)
    || to_number(right.value) - to_number(left.value));
}

/** The first `most` by name and, where they add up, the rest as one. */
export function keep_greatest(sums: Sum[], most: number, others: string): Sum[] {
  const own = sums.filter((sum) => sum.name !== others);
  const rest = [...own.slice(most), ...sums.filter((sum) => sum.name === others)];
  if (rest.length === 0) return own;
  const value = rest.reduce((total, sum) => add(total, sum.value), zero);
  return [...own.slice(0, most), { name: others, value, rows: rest.length }];
}
