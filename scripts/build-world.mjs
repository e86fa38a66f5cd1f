#!/usr/bin/env node
// Makes build/assets/world.json: the countries' shapes and points, small enough for slow lines.
//
// node scripts/build-world.mjs FILE. What is changed, and why, stands in data/maps/SOURCE.md.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid } from "d3-geo";
import { feature, mergeArcs, quantize } from "topojson-client";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";

const earth_radius_km = 6371.0088;  // mean radius of the IUGG
const smallest_area_km2 = 6500;     // what is smaller is a point
const finest_triangle = 0.018;      // square degrees: finer bends of a coast are left out
const smallest_island = 0.03;       // square degrees

const read_rows = (file) => readFileSync(new URL(file, import.meta.url), "utf8").trim()
  .split("\n").slice(2).map((line) => line.split("\t"));

const atlas = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-50m.json"), "utf8"));
const code_by_m49 = new Map(read_rows("../data/codes/countries.tsv")
  .filter((row) => row[2]).map((row) => [row[2], row[0]]));
const codes_without_number = { Kosovo: "XK", "N. Cyprus": "CY", Somaliland: "SO" };

/** Parts of a shape that stand under another code: both codes, and where all their points lie. */
const taken_out = [
  ["RU", "UA", ([x, y]) => x > 32 && x < 37 && y > 44 && y < 46.5],
  ["FR", "GF", ([x, y]) => x < -50 && y < 8],
  ["FR", "MQ", ([x, y]) => x < -50 && y > 14 && y < 15.2],
  ["FR", "GP", ([x, y]) => x < -50 && y > 15.2],
  ["FR", "YT", ([x, y]) => x > 40 && x < 50 && y < 0],
  ["FR", "RE", ([x, y]) => x > 50 && y < 0],
  ["NO", "SJ", ([, y]) => y > 74],
  ["IO-AU", "CX", ([x]) => x > 100],
  ["IO-AU", "CC", ([x]) => x < 100],
];

function code_of(shape) {
  if (shape.properties.name === "Indian Ocean Ter.") return "IO-AU";
  return code_by_m49.get(shape.id) ?? codes_without_number[shape.properties.name] ?? "";
}

/** All polygons of the atlas, each under the code that it belongs to. */
function sort_polygons() {
  const polygons = new Map();
  for (const shape of atlas.objects.countries.geometries) {
    const whole = code_of(shape);
    for (const arcs of shape.type === "Polygon" ? [shape.arcs] : shape.arcs) {
      const ring = feature(atlas, { type: "Polygon", arcs }).geometry.coordinates[0];
      const own = taken_out.find(([from, , fits]) => from === whole && ring.every(fits));
      const code = own ? own[1] : whole;
      if (code === "AQ") continue;
      polygons.set(code, [...(polygons.get(code) ?? []), { type: "Polygon", arcs }]);
    }
  }
  return polygons;
}

function make_topology() {
  const polygons = sort_polygons();
  const shapes = [];
  const points = read_rows("../data/maps/points.tsv")
    .map(([id, x, y]) => ({ type: "Point", id, coordinates: [Number(x), Number(y)] }));
  for (const [code, parts] of polygons) {
    const shape = { ...mergeArcs(atlas, parts), ...(code ? { id: code } : {}) };
    const outline = feature(atlas, shape);
    shapes.push(shape);
    if (!code || geoArea(outline) * earth_radius_km ** 2 >= smallest_area_km2) continue;
    points.push({ type: "Point", id: code, coordinates: geoCentroid(outline) });
  }
  const bare = { ...atlas, objects: { areas: { type: "GeometryCollection", geometries: shapes } } };
  const weighed = presimplify(bare);
  const smaller =
    filter(simplify(weighed, finest_triangle), filterWeight(weighed, smallest_island));
  smaller.objects.areas.geometries =
    smaller.objects.areas.geometries.filter((shape) => shape.type && shape.arcs?.length);
  smaller.objects.points = { type: "GeometryCollection", geometries: points };
  return quantize(smaller, 1e4);
}

writeFileSync(process.argv[2], JSON.stringify(make_topology()));
