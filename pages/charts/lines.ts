// Lines and stacked areas over years: at most seven series, told apart by colour and by shape.
import { scaleLinear } from "d3-scale";
import { area, line, stack, symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare,
  symbolStar, symbolTriangle, symbolWye } from "d3-shape";
import { keep_greatest, sum_by } from "./data";
import { make } from "./frame";
import type { Drawing } from "./mount";
import { add, to_number, write_exact, write_short, zero, type Exact } from "./numbers";
import { shorten_text } from "./text";

const most_series = 7;
const shapes = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar,
  symbolWye];

interface Series { name: string; points: Map<number, Exact> }

/** Each measure is a series, or each name of the series' column, the least of them as others. */
function find_series({ source, measure, words, frame }: Drawing): Series[] {
  const years = (row: { x: string }) => (/^\d{4}$/.test(row.x) ? Number(row.x) : null);
  const collect = (name: string, pick: (row: (typeof source.rows)[number]) => Exact | null) => {
    const points = new Map<number, Exact>();
    for (const row of source.rows) {
      const year = years(row);
      const value = pick(row);
      if (year !== null && value) points.set(year, add(points.get(year) ?? zero, value));
    }
    return { name, points };
  };
  if (!frame.figure.dataset.series)
    return source.measures.map(({ title }, at) => collect(title, (row) => row.values[at] ?? null))
      .filter((series) => series.points.size > 0);
  const value_of = (row: (typeof source.rows)[number]) => row.values[measure] ?? null;
  const sums = sum_by(source.rows.map((row) => ({ name: row.series, value: value_of(row) })),
    words.others);
  const kept = keep_greatest(sums, sums.length <= most_series ? most_series : most_series - 1,
    words.others);
  const names = new Set(kept.map((sum) => sum.name));
  return kept.filter((sum) => sum.name !== words.others || source.measures[measure]?.adds_up)
    .map(({ name }) => collect(name, (row) =>
      (names.has(row.series) ? row.series : words.others) === name ? value_of(row) : null));
}

const shape_of = (at: number, size: number) => symbol(shapes[at % shapes.length], size)() ?? "";

function draw_axes(drawing: Drawing, first: number, last: number, greatest: number) {
  const { frame, source, measure } = drawing;
  const together = !frame.figure.dataset.series;
  const units = new Set(source.measures.map(({ title }) => title.split(", ").pop()));
  const title = !together ? source.measures[measure]?.title ?? ""
    : units.size === 1 ? [...units][0] ?? "" : "";
  frame.text(title, 0, frame.top + 10, { class: "axis" });
  const bottom = frame.bottom - 40;
  const up = scaleLinear([0, greatest || 1], [bottom, frame.top + 26]).nice(5);
  const ticks = up.ticks(Math.max(3, Math.floor((bottom - frame.top) / 60)));
  const side = 10 + Math.max(
    ...ticks.map((tick) => shorten_text(write_short(tick), 200, 12).width));
  const along = scaleLinear([first, Math.max(last, first + 1)], [side + 8, frame.width - 14]);
  for (const tick of ticks) {
    make("line", { x1: frame.at(side), x2: frame.at(frame.width), y1: up(tick), y2: up(tick),
      class: tick === 0 ? "base" : "grid" }, frame.svg);
    frame.text(write_short(tick), side - 6, up(tick) + 4, { class: "tick", "text-anchor": "end" });
  }
  const step = Math.ceil(((last - first + 1) * 52) / Math.max(1, frame.width - side));
  for (let year = last; year >= first; year -= step)
    frame.text(String(year), along(year), bottom + 18, { class: "tick", "text-anchor": "middle" });
  frame.text(source.x_title, frame.width, bottom + 35, { class: "axis", "text-anchor": "end" });
  return { up, along: (year: number) => frame.at(along(year)) };
}

function draw_point(drawing: Drawing, series: Series, at: number, year: number, x: number,
  y: number): void {
  const value = series.points.get(year);
  if (!value) return;
  const dot = make("path", { d: shape_of(at, 34), class: `fill-${at + 1} dot`,
    transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` }, drawing.frame.svg);
  drawing.frame.mark(dot, `${series.name}, ${year}: ${write_exact(value)}`);
}

function prepare(drawing: Drawing) {
  const all = find_series(drawing);
  const years = all.flatMap((series) => [...series.points.keys()]);
  if (years.length === 0) throw new Error("no years");
  const { frame } = drawing;
  frame.legend(all.map(({ name }, at) => ({ name, swatch: (x, y) => {
    make("path", { d: shape_of(at, 90), transform: `translate(${frame.at(x + 8)},${y})`,
      class: `fill-${at + 1}` }, frame.svg);
  } })));
  return { all, first: Math.min(...years), last: Math.max(...years) };
}

export function paint_lines(drawing: Drawing): void {
  const { all, first, last } = prepare(drawing);
  const greatest = Math.max(...all.flatMap(({ points }) => [...points.values()].map(to_number)));
  const { up, along } = draw_axes(drawing, first, last, greatest);
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  all.forEach((series, at) => {
    const path = line<number>().defined((year) => series.points.has(year)).x(along)
      .y((year) => up(to_number(series.points.get(year) ?? null)));
    make("path", { d: path(years) ?? "", class: `line line-${at + 1}` }, drawing.frame.svg);
  });
  all.forEach((series, at) => years.forEach((year) =>
    draw_point(drawing, series, at, year, along(year),
      up(to_number(series.points.get(year) ?? null)))));
}

export function paint_areas(drawing: Drawing): void {
  const { all, first, last } = prepare(drawing);
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const layers = stack<unknown, number, number>().keys(all.keys())
    .value((year, at) => Math.max(0, to_number(all[at]?.points.get(year) ?? null)))(years);
  const greatest = Math.max(...layers.flat().map(([, to]) => to));
  const { up, along } = draw_axes(drawing, first, last, greatest);
  layers.forEach((layer, at) => {
    const path = area<(typeof layer)[number]>().x((point) => along(point.data))
      .y0(([from]) => up(from)).y1(([, to]) => up(to));
    make("path", { d: path(layer) ?? "", class: `fill-${at + 1} area` }, drawing.frame.svg);
  });
  layers.forEach((layer, at) => layer.forEach((point) => {
    const series = all[at];
    if (series) draw_point(drawing, series, at, point.data, along(point.data), up(point[1]));
  }));
}
