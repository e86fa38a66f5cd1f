// Tests what charts are made of, without a browser: the map's shapes, exact figures, classes.
//
// node --test tests/pages/charts.mjs; scripts/build-pages must have run.
import assert from "node:assert/strict";
import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { buildSync } from "esbuild";
import { geoContains } from "d3-geo";
import { feature } from "topojson-client";

const place = (file) => new URL(`../../${file}`, import.meta.url);
const world_bytes = readFileSync(place("build/assets/world.json"));
const world = JSON.parse(world_bytes);
const areas = feature(world, world.objects.areas).features;
const points = feature(world, world.objects.points).features;
const countries = readFileSync(place("data/codes/countries.tsv"), "utf8").trim().split("\n")
  .slice(2).map((line) => line.split("\t")[0]);
// The 193 Member States of the United Nations and the two observer States (VA, PS).
// Source: www.un.org/en/about-us/member-states; South Sudan is the newest (14 July 2011).
const states = `
  AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM
  CA CF TD CL CN CO KM CG CR CI HR CU CY CZ KP CD DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR
  GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KW KG LA
  LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL NZ
  NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA KR RO RU RW KN LC VC WS SM ST SA SN RS SC SL
  SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY
  UZ VU VE VN YE ZM ZW VA PS`.trim().split(/\s+/);

/** A module of pages/charts/ as node can load it. */
async function load(name) {
  const folder = mkdtempSync(join(tmpdir(), "austral-charts-"));
  const outfile = join(folder, `${name}.mjs`);
  try {
    buildSync({ entryPoints: [place(`pages/charts/${name}.ts`).pathname], outfile, bundle: true,
      format: "esm" });
    return await import(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

globalThis.document = { documentElement: { lang: "en" } };
const numbers = await load("numbers");
const classes = await load("classes");
const data = await load("data");

test("every Member State and observer is an area or a point", () => {
  assert.equal(new Set(states).size, 195);
  const shown = new Set([...areas, ...points].map(({ id }) => id));
  assert.deepEqual(states.filter((code) => !shown.has(code)), []);
});

test("the map has every country of the code list but Antarctica, and no other", () => {
  const shown = new Set([...areas, ...points].map(({ id }) => id));
  assert.deepEqual(countries.filter((code) => !shown.has(code)), ["AQ"]);
  assert.deepEqual([...shown].filter((code) => code && !countries.includes(code)), []);
});

test("no code stands twice among the areas or among the points", () => {
  for (const list of [areas, points]) {
    const ids = list.map(({ id }) => id).filter(Boolean);
    assert.equal(new Set(ids).size, ids.length);
  }
});

test("places lie in the country that maps of the United Nations show them in", () => {
  const inside = (place_of, code) => assert.ok(
    geoContains(areas.find(({ id }) => id === code), place_of), `${place_of} in ${code}`);
  inside([34.1, 44.95], "UA");   // Simferopol
  inside([44.06, 9.56], "SO");   // Hargeisa
  inside([36.82, -1.29], "KE");  // Nairobi
  inside([-53.2, 4.0], "GF");
  inside([37.62, 55.75], "RU");
  assert.ok(!geoContains(areas.find(({ id }) => id === "FR"), [-53.2, 4.0]));
});

test("points lie near where the country is", () => {
  const near = (code, [x, y]) => {
    const [at_x, at_y] = points.find(({ id }) => id === code).geometry.coordinates;
    assert.ok(Math.hypot(at_x - x, at_y - y) < 2, `${code} at ${at_x}, ${at_y}`);
  };
  near("TV", [179.2, -8.5]);   // Funafuti
  near("BB", [-59.6, 13.1]);   // Bridgetown
  near("SG", [103.8, 1.35]);
});

test("the shapes stay below 80 KB compressed", () => {
  assert.ok(brotliCompressSync(world_bytes).length < 80 * 1024);
});

test("figures add up exactly where binary floating point would not", () => {
  let sum = numbers.zero;
  for (let i = 0; i < 10; ++i) sum = numbers.add(sum, numbers.parse_exact("0.1"));
  assert.equal(numbers.write_exact(sum), "1");
  const great = numbers.add(numbers.parse_exact("9007199254740993"), numbers.parse_exact("-0.00"));
  assert.equal(numbers.write_exact(great), "9,007,199,254,740,993");
  assert.equal(numbers.parse_exact("12e3"), null);
  assert.equal(numbers.parse_exact(""), null);
});

test("figures are written with Latin digits in every language", () => {
  for (const lang of ["en", "fr", "es", "ar", "zh", "ru", "pt"]) {
    document.documentElement.lang = lang;
    assert.match(numbers.write_exact(numbers.parse_exact("1234567")), /^1\D?234\D?567$/);
    assert.match(numbers.write_short(6_710_000_000), /^[0-9.,]+/);
  }
  document.documentElement.lang = "en";
});

test("classes hold about equally many figures, and each figure falls into one", () => {
  const figures = Array.from({ length: 200 }, (_, at) => 1.07 ** at);
  const borders = classes.find_borders([...figures, 0, 0]);
  assert.equal(borders.length, classes.most_classes - 1);
  const counts = new Map();
  for (const figure of figures) {
    const shade = classes.class_of(figure, borders);
    counts.set(shade, (counts.get(shade) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].sort(), [1, 2, 3, 4, 5]);
  for (const count of counts.values()) assert.ok(count > 25 && count < 55, `${count} in a class`);
  assert.deepEqual(classes.find_borders([3, 3, 3]), []);
});

test("others hold what is not named, and nothing is lost", () => {
  const rows = Array.from({ length: 30 }, (_, at) => ({ name: `n${at % 12}`,
    value: numbers.parse_exact(String(at)) }));
  const sums = data.sum_by([...rows, { name: "others", value: numbers.parse_exact("1000") },
    { name: "n3", value: null }], "others");
  const kept = data.keep_greatest(sums, 5, "others");
  assert.equal(kept.length, 6);
  assert.equal(kept[5].name, "others");
  const total = kept.reduce((sum, one) => sum + numbers.to_number(one.value), 0);
  assert.equal(total, 1000 + (29 * 30) / 2);
});
