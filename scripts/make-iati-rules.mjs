#!/usr/bin/env node
// Makes the tables of IATI's code lists and rules from the published ones: facts alone.
//
// node scripts/make-iati-rules.mjs PACK, where PACK holds iati-standard and the publishers' files.
// What is taken from where stands in data/codes/SOURCE.md and data/rules/SOURCE.md.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const pack = process.argv[2];
if (!pack) {
  console.error("usage: node scripts/make-iati-rules.mjs PACK");
  process.exit(64);
}
const standard = (...parts) => join(pack, "iati-standard", ...parts);
const ours = (file) => new URL(`../data/${file}`, import.meta.url);
const write = (file, comment, rows) => {
  const lines = rows.map((row) => row.join("\t").replace(/\t+$/, ""));
  writeFileSync(ours(file), [`# ${comment}`, ...lines, ""].join("\n"));
};

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (text) => text
  .replace(/<!\[CDATA\[([^]*?)\]\]>/g, "$1")
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => entities[name])
  .replace(/\s+/g, " ").trim();

/** Names as the house writes them, short enough for a message. */
const label = (text) => {
  const words = text.replace(/\bdonors?\b/gi, (word) =>
    (word[0] === "D" ? "Provider" : "provider") + (/s$/i.test(word) ? "s" : ""));
  return words.length > 80 ? `${words.slice(0, 79).trimEnd()}…` : words;
};

/** The lists that data/codes/iati.tsv does not hold. */
const lists = ["BudgetIdentifier", "CRSChannelCode", "Country", "Currency", "FileFormat",
  "Language", "LocationType", "Sector", "SectorCategory", "UNSDG-Goals", "UNSDG-Targets"];

function write_lists() {
  const rows = [["list", "code", "label", "status"]];
  for (const list of lists) {
    const xml = readFileSync(
      standard("IATI+IATI-Codelists-NonEmbedded", "xml", `${list}.xml`), "utf8");
    const seen = new Set();
    const items = xml.matchAll(/<codelist-item\b([^>]*)>([^]*?)<\/codelist-item>/g);
    for (const [, attributes, item] of items) {
      const code = plain(item.match(/<code>([^]*?)<\/code>/)[1]);
      if (seen.has(code)) continue;
      seen.add(code);
      const name = item.match(/<name>\s*<narrative>([^]*?)<\/narrative>/);
      // The targets' names are the official text, which is not ours to carry.
      const words = !name || list.startsWith("UNSDG") ? "" : label(plain(name[1]));
      rows.push([list, code, words === code ? "" : words,
        /status="withdrawn"/.test(attributes) ? "withdrawn" : ""]);
    }
  }
  write("codes/iati_lists.tsv",
    "IATI code lists that files are checked against and no other table of ours holds.", rows);
}

/** Rows of a published CSV file with quoted cells. */
function read_csv(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const c = text[i], row = rows.at(-1);
    if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else row[row.length - 1] += c;
  }
  return rows;
}

const all_versions = "2.01 2.02 2.03";
const number_of = (id) => Number(id.split(".")[1]);
/** Rules whose element or attribute came with a later version of the standard. */
const since_202 = new Set([7, 16, 31, 32, 44, 45, 74, 88, 89, 102, 105, 107, 108, 109, 110, 111,
  113]);
const since_203 = new Set([2, 21, 22, 40, 57, 58, 59, 61, 62, 63, 65, 66, 67, 68, 69, 70, 71, 72,
  73, 75, 79, 80, 81, 125, 126, 127, 128]);
const versions_of = (id) => since_203.has(number_of(id)) ? "2.03"
  : since_202.has(number_of(id)) ? "2.02 2.03" : all_versions;

/** What the validator's rules hold and its published list of rules does not, or not any more. */
const more_code_rules = [
  ["9.14.1", "classifications", "2.01 2.02", "iati-activity/country-budget-items/budget-item",
    "code", "BudgetIdentifier", "../@vocabulary", "1"],
  ["9.15.1", "classifications", all_versions,
    "iati-activity/country-budget-items/budget-item/description", "type", "DescriptionType"],
  ["9.56.1", "performance", all_versions, "iati-activity/result/description", "type",
    "DescriptionType"],
  ["9.64.1", "performance", all_versions, "iati-activity/result/indicator/description", "type",
    "DescriptionType"],
  ["9.21.1", "classifications", "2.01 2.02", "iati-activity/default-aid-type", "code", "AidType"],
  ["9.80.1", "financial", "2.01 2.02", "iati-activity/transaction/aid-type", "code", "AidType"],
];
/** Mappings that share their path with another and have an id of their own. */
const ids_by_mapping = {
  "iati-activity/sector UNSDG-Goals": ["9.129.1", "classifications", all_versions],
  "iati-activity/sector UNSDG-Targets": ["9.130.1", "classifications", all_versions],
  "iati-activity/transaction/sector UNSDG-Goals": ["9.131.1", "financial", all_versions],
  "iati-activity/transaction/sector UNSDG-Targets": ["9.132.1", "financial", all_versions],
  "iati-activity/transaction/aid-type EarmarkingCategory": ["9.129.1", "financial", "2.03"],
  "iati-activity/transaction/aid-type CashandVoucherModalities": ["9.130.1", "financial", "2.03"],
};

function write_code_rules() {
  const by_place = new Map();
  for (const row of read_csv(readFileSync(
    standard("IATI+js-validator-api", "docs", "data-quality-rules.csv"), "utf8"))) {
    const list = row[7]?.match(/codeListFail\(\., '([^']*)'/)?.[1];
    if (list && row[9] === "YES")
      by_place.set(`${row[6].replace(/\[.*\]/, "")} ${list}`, [row[0], row[1]]);
  }
  const rows = [];
  const xml = readFileSync(standard("IATI+IATI-Codelists", "mapping.xml"), "utf8");
  for (const [, inside] of xml.matchAll(/<mapping>([^]*?)<\/mapping>/g)) {
    const full = plain(inside.match(/<path>([^]*?)<\/path>/)[1]);
    const list = inside.match(/ref="([^"]*)"/)[1];
    const condition = plain(inside.match(/<condition>([^]*?)<\/condition>/)?.[1] ?? "");
    const cut = full.lastIndexOf("/");
    const path = full.slice(0, cut).replace(/^\/+/, "");
    const attribute = full.slice(cut + 1).replace(/^@/, "");
    const own = ids_by_mapping[`${path} ${list}`];
    const [id, category] = own ?? by_place.get(`${full} ${list}`);
    const value = condition.match(/'([^']*)'/)?.[1] ?? "";
    rows.push([id, category, own?.[2] ?? versions_of(id), path, attribute, list,
      value && "@vocabulary", value, condition.includes("not(") ? "yes" : ""]);
  }
  rows.push(...more_code_rules);
  rows.sort((a, b) => number_of(a[0]) - number_of(b[0]) || (a[3] < b[3] ? -1 : 1));
  rows.unshift(["id", "category", "versions", "path", "attribute", "list", "linked", "value",
    "or_absent"]);
  write("rules/iati_code_rules.tsv",
    "Which attribute takes its codes from which list, by the official rule's number.", rows);
}

const only_203 = /^(7\.9|107|8\.8|8\.9|8\.10|12)\./;
/** What 2.01 and 2.02 ask of percentages in place of a range. */
const not_negative = { "12.1.1": "12.1.2", "12.2.1": "12.2.2", "12.3.1": "12.3.2" };

/** One case as a row; `$1` stands for the loop's value in every part of it. */
function rule_row(context, kind, one, loop) {
  const { id, severity, category } = one.ruleInfo;
  const join_paths = (paths) => (paths ?? []).join(" | ");
  const parts = {
    one_or_all: [one.one, one.all],
    date_order: [one.less, one.more],
    date_now: [one.date],
    between_dates: [one.date, one.start, one.end],
    time_limit: [one.start, one.end],
    regex_matches: [one.regex],
    startswith: [join_paths(one.prefix), one.separator],
    if_then: [one.if, one.then],
    range: [one.min, one.max],
    strict_sum: [one.sum],
  }[kind] ?? [];
  return [id, severity, category, only_203.test(id) ? "2.03" : all_versions, context, loop ?? "",
    kind, one.condition ?? "", one.idCondition ?? "", join_paths(one.paths),
    ...[0, 1, 2].map((i) => parts[i] ?? "")];
}

function write_rules() {
  const rows = [["id", "weight", "category", "versions", "context", "foreach", "kind", "condition",
    "except", "paths", "first", "second", "third"]];
  const ruleset = JSON.parse(
    readFileSync(standard("IATI+IATI-Rulesets", "rulesets", "standard.json"), "utf8"));
  const add = (context, kind, cases, loop) => {
    for (const one of cases) {
      const row = rule_row(context, kind, one, loop);
      rows.push(row);
      const older = not_negative[row[0]];
      if (older) rows.push([older, ...row.slice(1, 3), "2.01 2.02", ...row.slice(4, 11), "", ""]);
    }
  };
  for (const [context, kinds] of Object.entries(ruleset))
    for (const [kind, { cases }] of Object.entries(kinds))
      if (kind !== "loop") add(context, kind, cases);
      else
        for (const loop of cases)
          for (const [inside, inner] of Object.entries(loop.do))
            add(context, inside, inner.cases, loop.foreach);
  write("rules/iati_rules.tsv",
    "The cases of IATI's ruleset: where each is judged, how, by which number and weight.", rows);
}

/** Identifiers under which publishers of the registry are known to publish. */
function write_publishers() {
  const known = new Set();
  for (const list of ["IATIOrganisationIdentifier"])
    for (const [, code] of readFileSync(
      standard("IATI+IATI-Codelists-NonEmbedded", "xml", `${list}.xml`), "utf8")
      .matchAll(/<code>([^<]*)<\/code>/g)) known.add(plain(code));
  const folder = join(pack, "iati-publishers");
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".xml"))) {
    const xml = readFileSync(join(folder, file), "utf8");
    const ref = xml.match(/<reporting-org\b[^>]*\bref\s*=\s*("[^"]*"|'[^']*')/);
    if (ref && plain(ref[1].slice(1, -1))) known.add(plain(ref[1].slice(1, -1)));
  }
  write("rules/iati_publishers.tsv",
    "Identifiers of organizations that are known to publish IATI data.",
    [["identifier"], ...[...known].sort().map((id) => [id])]);
}

write_lists();
write_code_rules();
write_rules();
write_publishers();
