// Bars: the greatest by name, the rest as others; years in their order.
import { scaleBand, scaleLinear } from "d3-scale";
import { keep_greatest, sum_by } from "./data";
import type { Drawing } from "./mount";
import { to_number, write_exact, write_short } from "./numbers";
import { shorten_text } from "./text";

const thickest = 34;
const thinnest = 20;

export function paint_bars({ frame, source, measure, words }: Drawing): void {
  const shown = source.measures[measure];
  if (!shown) return;
  const from = frame.top + 22;
  const room = Math.max(1, Math.floor((frame.bottom - from) / thinnest));
  const sums = sum_by(
    source.rows.map((row) => ({ name: row.x, value: row.values[measure] ?? null })), words.others)
   .filter((sum) => to_number(sum.value) !== 0);
  const fits = sums.length <= room;
  const bars = keep_greatest(sums, fits ? room : room - 1, words.others);
  if (source.x_is_year) bars.sort((left, right) => left.name.localeCompare(right.name));
  const side = Math.min(frame.width * 0.36, 15 + Math.max(
    ...bars.map((bar) => shorten_text(bar.name, 260, 13).width)));
  const greatest = Math.max(...bars.map((bar) => to_number(bar.value)), 0);
  const figures = 18 + Math.max(...bars.map((bar) =>
    shorten_text(write_short(to_number(bar.value)), 200, 13).width));
  const along = scaleLinear([0, greatest || 1], [0, frame.width - side - figures]);
  const height = Math.min(frame.bottom - from, bars.length * thickest);
  const across = scaleBand(bars.map((bar) => bar.name), [from, from + height]).paddingInner(0.28);
  frame.text(shown.title, side, frame.top + 12, { class: "axis" });
  for (const bar of bars) {
    const y = across(bar.name) ?? 0;
    const middle = y + across.bandwidth() / 2 + 4.5;
    const rest = bar.name === words.others;
    const count = write_exact({ units: BigInt(bar.rows), scale: 0 });
    const name = rest && !fits ? `${bar.name} (${count})` : bar.name;
    frame.text(shorten_text(name, side - 12, 13).text, side - 10, middle,
      { class: "label", "text-anchor": "end" });
    // Counts of the rest would hold the same initiative more than once.
    if (rest && !fits && !shown.adds_up) continue;
    const length = Math.max(1, along(to_number(bar.value)));
    const drawn = frame.rect(side, y, length, across.bandwidth(),
      { class: rest ? "fill-6" : "fill-1", rx: 2 });
    frame.mark(drawn, `${name}: ${write_exact(bar.value)} (${shown.title})`);
    frame.text(write_short(to_number(bar.value)), side + length + 8, middle, { class: "label" });
  }
}
