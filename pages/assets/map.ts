// Draws maps; loaded, with the countries' shapes, only when a map comes near the reader's eyes.
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { class_names, class_of, find_borders } from "../charts/classes";
import { make } from "../charts/frame";
import { mount, type Drawing } from "../charts/mount";
import { to_number, write_exact } from "../charts/numbers";

type World = Topology<{ areas: GeometryCollection; points: GeometryCollection }>;

function draw_legend({ frame, source, measure, words }: Drawing, borders: number[]): void {
  frame.text(source.measures[measure]?.title ?? "", 0, frame.top + 12, { class: "axis" });
  frame.top += 14;
  frame.legend([...class_names(borders, words), { shade: 0, name: words.none }]
    .filter(({ name }) => name).map(({ shade, name }) => ({ name, swatch: (x, y) => {
      frame.rect(x, y - 7, 14, 14, { class: `shade-${shade} edge`, rx: 2 });
    } })));
}

function paint_map(drawing: Drawing, world: World): void {
  const { frame, source, measure } = drawing;
  const rows = new Map(source.rows.filter((row) => row.code).map((row) => [row.code, row]));
  const figure_of = (code: unknown) => to_number(rows.get(String(code))?.values[measure] ?? null);
  const borders = find_borders([...rows.keys()].map(figure_of));
  draw_legend(drawing, borders);
  const areas = feature(world, world.objects.areas);
  const points = feature(world, world.objects.points);
  const projection = geoEqualEarth().rotate([-11, 0])
    .fitExtent([[1, frame.top + 4], [frame.width - 1, frame.bottom - 6]],
      { type: "FeatureCollection", features: [...areas.features, ...points.features] });
  const path = geoPath(projection).digits(1).pointRadius(frame.width < 500 ? 2.5 : 4);
  const seen = new Set(points.features.map(({ id }) => id));
  const shade_of = (code: unknown) =>
    figure_of(code) > 0 ? class_of(figure_of(code), borders) : 0;
  const marked: { element: SVGElement; code: string }[] = [];
  for (const { features, dot } of [{ features: areas.features, dot: false },
    { features: points.features, dot: true }])
    for (const shape of features) {
      const d = path(shape);
      if (!d || (dot && shade_of(shape.id) === 0)) continue;
      const element = make("path",
        { d, class: `shade-${shade_of(shape.id)} ${dot ? "place" : "area"}` }, frame.svg);
      if (shade_of(shape.id) > 0 && (dot || !seen.has(shape.id)))
        marked.push({ element, code: String(shape.id) });
    }
  // With the keyboard one walks from the greatest down.
  marked.sort((left, right) => figure_of(right.code) - figure_of(left.code));
  for (const { element, code } of marked) {
    const row = rows.get(code);
    const value = row?.values[measure];
    if (row && value)
      frame.mark(element, `${row.x}: ${write_exact(value)} (${source.measures[measure]?.title})`);
  }
}

export async function draw(figure: HTMLElement, files: DOMStringMap): Promise<void> {
  const answer = await fetch(files.world ?? "");
  if (!answer.ok) throw new Error("no shapes");
  const world = await answer.json() as World;
  mount(figure, files.mapNote ?? "", (drawing) => paint_map(drawing, world));
}
