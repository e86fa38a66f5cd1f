// Steps: from the first row's total, by what each step adds or takes, to the last row's total.
import { scaleBand, scaleLinear } from "d3-scale";
import type { Drawing } from "./mount";
import { add, to_number, write_exact, write_short, zero, type Exact } from "./numbers";
import { shorten_text } from "./text";

const thickest = 34;
const thinnest = 20;

interface Step { name: string; value: Exact; total: boolean; rows: number }

/** The rows as they stand; of too many steps the last become one. */
function read_steps(rows: { name: string; value: Exact }[], room: number, others: string): Step[] {
  const steps = rows.map((row, at): Step => (
    { ...row, total: at === 0 || at === rows.length - 1, rows: 1 }));
  if (steps.length <= room) return steps;
  const rest = steps.slice(room - 2, -1);
  const value = rest.reduce((sum, step) => add(sum, step.value), zero);
  return [...steps.slice(0, room - 2), { name: others, value, total: false, rows: rest.length },
    ...steps.slice(-1)];
}

export function paint_steps({ frame, source, measure, words }: Drawing): void {
  const shown = source.measures[measure];
  if (!shown) return;
  const from = frame.top + 22;
  const room = Math.max(3, Math.floor((frame.bottom - from) / thinnest));
  const steps = read_steps(
    source.rows.map((row) => ({ name: row.x, value: row.values[measure] ?? zero })), room,
    words.others);
  let level = 0;
  const spans = steps.map((step) => {
    const begin = step.total ? 0 : level;
    level = begin + to_number(step.value);
    return { step, begin, end: level };
  });
  const ends = spans.flatMap(({ begin, end }) => [begin, end]);
  const side = Math.min(frame.width * 0.4, 15 + Math.max(
    ...steps.map((step) => shorten_text(step.name, 300, 13).width)));
  const sign = (step: Step) => (step.total || to_number(step.value) <= 0 ? "" : "+");
  const figure = (step: Step) => sign(step) + write_short(to_number(step.value));
  const figures = 18 + Math.max(
    ...steps.map((step) => shorten_text(figure(step), 200, 13).width));
  const along = scaleLinear([Math.min(0, ...ends), Math.max(...ends, 0) || 1],
    [side, frame.width - figures]);
  const height = Math.min(frame.bottom - from, steps.length * thickest);
  const across = scaleBand(steps.map((_, at) => String(at)), [from, from + height])
   .paddingInner(0.28);
  frame.text(shown.title, side, frame.top + 12, { class: "axis" });
  spans.forEach(({ step, begin, end }, at) => {
    const y = across(String(at)) ?? 0;
    const middle = y + across.bandwidth() / 2 + 4.5;
    const name = step.rows > 1 ? `${step.name} (${step.rows})` : step.name;
    frame.text(shorten_text(name, side - 12, 13).text, side - 10, middle,
      { class: "label", "text-anchor": "end" });
    const [low, high] = [Math.min(begin, end), Math.max(begin, end)];
    const colour = step.total ? "fill-1" : end >= begin ? "fill-3" : "fill-2";
    const drawn = frame.rect(along(low), y, Math.max(1, along(high) - along(low)),
      across.bandwidth(), { class: colour, rx: 2 });
    frame.mark(drawn, `${name}: ${sign(step)}${write_exact(step.value)} (${shown.title})`);
    frame.text(figure(step), along(high) + 8, middle, { class: "label" });
  });
}
