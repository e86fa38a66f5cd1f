// A matrix of flows: providers down, recipients across, the figure in each cell.
import { keep_greatest, sum_by, type Sum } from "./data";
import { class_of, find_borders } from "./classes";
import type { Drawing } from "./mount";
import { add, to_number, write_exact, write_short, zero, type Exact } from "./numbers";
import { shorten_text } from "./text";

const narrowest = 46;
const lowest = 28;

function pick(sums: Sum[], room: number, others: string, adds_up: boolean): Sum[] {
  const kept = keep_greatest(sums, sums.length <= room ? room : room - 1, others);
  return adds_up ? kept : kept.filter((sum) => sum.name !== others);
}

export function paint_matrix({ frame, source, measure, words }: Drawing): void {
  const shown = source.measures[measure];
  if (!shown) return;
  const side = Math.min(frame.width * 0.3, 190);
  const heads = 86;
  const from = frame.top + 24 + heads;
  const total = (name: "x" | "series") => sum_by(
    source.rows.map((row) => ({ name: row[name], value: row.values[measure] ?? null })),
    words.others).filter((sum) => to_number(sum.value) !== 0);
  const downs = pick(total("x"), Math.floor((frame.bottom - from) / lowest), words.others,
    shown.adds_up);
  // Short figures are long in some languages: "6.71 billion" in Arabic.
  const widest = Math.max(narrowest, ...source.rows.map((row) =>
    10 + shorten_text(write_short(to_number(row.values[measure] ?? null)), 200, 12).width));
  const acrosses = pick(total("series"),
    Math.floor((frame.width - side - 24) / widest), words.others, shown.adds_up);
  const down = new Map(downs.map((sum, at) => [sum.name, at]));
  const across = new Map(acrosses.map((sum, at) => [sum.name, at]));
  const cells = new Map<string, Exact>();
  for (const row of source.rows) {
    const value = row.values[measure];
    const y = down.get(row.x) ?? down.get(words.others);
    const x = across.get(row.series) ?? across.get(words.others);
    if (!value || x === undefined || y === undefined) continue;
    cells.set(`${y} ${x}`, add(cells.get(`${y} ${x}`) ?? zero, value));
  }
  const borders = find_borders([...cells.values()].map(to_number));
  // The last head leans beyond its column.
  const width = Math.min(96, (frame.width - side - 24) / Math.max(1, acrosses.length));
  const height = Math.min(38, (frame.bottom - from) / Math.max(1, downs.length));
  frame.text(`${shown.title} · ${source.x_title} × ${source.series_title}`, 0,
    frame.top + 10, { class: "axis" });
  acrosses.forEach(({ name }, at) => {
    const x = frame.at(side + (at + 0.45) * width);
    const lean = frame.rtl ? 40 : -40;
    const head = frame.text(shorten_text(name, heads * 1.25, 12).text, 0, 0, { class: "tick",
      transform: `translate(${x.toFixed(1)},${from - 6}) rotate(${lean})` });
    head.setAttribute("x", "0");
  });
  downs.forEach((provider, y) => {
    const top = from + y * height;
    frame.text(shorten_text(provider.name, side - 10, 13).text, side - 8, top + height / 2 + 4.5,
      { class: "label", "text-anchor": "end" });
    acrosses.forEach((recipient, x) => {
      const value = cells.get(`${y} ${x}`);
      const figure = to_number(value ?? null);
      const shade = value && figure > 0 ? class_of(figure, borders) : 0;
      const cell = frame.rect(side + x * width + 1, top + 1, width - 2, height - 2,
        { class: `shade-${shade}`, rx: 2 });
      if (!value) return;
      frame.mark(cell,
        `${provider.name} × ${recipient.name}: ${write_exact(value)} (${shown.title})`);
      frame.text(write_short(figure), side + (x + 0.5) * width, top + height / 2 + 4,
        { class: `on-${shade}`, "text-anchor": "middle", "pointer-events": "none" });
    });
  });
}
