// Asks everything that /api/openapi.json describes and fails where an answer is not as described.
//
// node tests/pages/contract.mjs http://127.0.0.1:8080 [--per-kind 3]
// Follows the site's links to find values for placeholders; every address met must be described,
// with all its parameters. Each operation is asked plainly, with each example, with a parameter
// that nobody knows and with values of the wrong type; JSON is held against its schema, and ETag,
// 304 and the headers for other sites' scripts are looked at.
import Ajv2020 from "ajv/dist/2020.js";

const given = process.argv.slice(2);
const at = given.indexOf("--per-kind");
const per_kind = at < 0 ? 3 : Number(given[at + 1]);
const base = given[0] ?? "";
if (!/^https?:\/\//.test(base)) {
  console.error("usage: node tests/pages/contract.mjs http://ADDRESS:PORT [--per-kind N]");
  process.exit(2);
}
let passed = 0;
const failures = [];

function check(holds, where, what) {
  if (holds) ++passed;
  else {
    failures.push(where);
    console.log(`FAIL ${where}: ${what}`);
  }
  return holds;
}

const get = (path, headers = {}, method = "GET") =>
  fetch(new URL(path, base), { method, headers, redirect: "manual" });
const text_of = async (path) => (await get(path)).text();

const api = JSON.parse(await text_of("/api/openapi.json"));
const ajv = new Ajv2020({ strict: false, allErrors: false });
ajv.addSchema(api, "api");
const validators = new Map();

/** The schema of an answer, as a function that says what does not fit. */
function complaint_of(schema, value) {
  const key = JSON.stringify(schema);
  if (!validators.has(key))
    validators.set(key, ajv.compile(schema.$ref ? { $ref: `api${schema.$ref}` } : schema));
  const fits = validators.get(key);
  return fits(value) ? "" : ajv.errorsText(fits.errors);
}

const resolve = (item) =>
  item.$ref ? item.$ref.slice(2).split("/").reduce((whole, name) => whole[name], api) : item;

/** Described paths, the exact ones first; each knows which addresses are its own. */
const operations = Object.entries(api.paths).map(([path, { get: operation }]) => {
  const shape = path.split(/(\{[^}]+\})/)
    .map((part) => part.startsWith("{") ? "([^/]+)" : part.replace(/[.*+?^$()|[\]\\]/g, "\\$&"))
    .join("");
  return { path, operation, fits: new RegExp(`^${shape}$`),
    twin: /\.(json|csv|xlsx)$/.exec(path)?.[1] ?? "",
    parameters: operation.parameters.map(resolve) };
}).sort((left, right) => left.path.split("{").length - right.path.split("{").length
  || right.path.length - left.path.length);
/** What takes a file says what is wrong with it, and refuses what is none. */
async function check_sending(path) {
  const send = (query, type, body) => fetch(new URL(path + query, base), { method: "POST",
    headers: { "Content-Type": type }, body });
  const judged = await send("?format=json", "application/xml", "<iati-activities/>");
  const type = (judged.headers.get("content-type") ?? "").split(";")[0];
  const described = api.paths[path].post.responses[200].content;
  check(judged.status === 200 && described[type], path, `${judged.status} ${type} is sent back`);
  const report = await judged.json();
  check(report.valid === false && report.errors.length > 0, path, "finds nothing wrong");
  const refused = await send("", "application/x-www-form-urlencoded", "a=b");
  check(refused.status === 400 && (await refused.json()).error, path, `${refused.status} for none`);
}

const operation_of = (path) => operations.find(({ fits }) => fits.test(path));

/** Filters combine without end: pages with two of them are followed, those beyond only named. */
function combines(url) {
  const others = ["lang", "embed", "chart", "view", "by", "a", "b"];
  return new Set([...url.searchParams.keys()].filter((name) => !others.includes(name))).size > 2;
}

/** Addresses met by following links from the first page, a few of each operation. */
async function collect() {
  const met = new Map();  // operation path -> addresses
  const seen = new Set();
  const queue = ["/"];
  while (queue.length > 0) {
    const address = queue.shift();
    const url = new URL(address, base);
    if (seen.has(address)) continue;
    seen.add(address);
    const found = operation_of(url.pathname);
    if (!check(found, address, "is met on the site and not described")) continue;
    const names = new Set(found.parameters.filter((one) => one.in === "query")
      .map((one) => one.name));
    const unknown = [...url.searchParams.keys()].filter((name) => !names.has(name));
    check(unknown.length === 0, address, `its parameters ${unknown} are not described`);
    if (combines(url)) continue;
    const kind = found.path + [...new Set(url.searchParams.keys())].sort().join("&");
    const others = met.get(kind) ?? [];
    if (others.length >= per_kind) continue;
    met.set(kind, [...others, url]);
    if (found.twin || found.path.includes("/assets/")) continue;
    const answer = await get(address);
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) continue;
    const body = await answer.text();
    for (const [, raw] of body.matchAll(/<(?:a|link|script)\s[^>]*?(?:href|src)="([^"]*)"/g)) {
      const next = new URL(raw.replaceAll("&amp;", "&").replaceAll("&#39;", "'"), url);
      if (next.origin === url.origin) queue.push(next.pathname + next.search);
    }
  }
  return [...met.values()].flat().map((url) => url.pathname);
}

/** The operation's address with its placeholders filled from addresses that were met. */
function fill({ path, fits, twin }, met) {
  if (!path.includes("{")) return path;
  const page = twin ? path.slice(0, -twin.length - 1) : path;
  const exact = met.find((address) => fits.test(address) && operation_of(address).path === path);
  if (exact) return exact;
  const near = met.find((address) => operation_of(address).path === page);
  return near && `${near}.${twin}`;
}

const queried = ({ parameters }) => parameters.filter((one) => one.in === "query");

/** The address with what the operation needs in any case, and with what else is asked. */
function ask(item, address, more = [], without = "") {
  const names = new Set(more.map(([name]) => name));
  const needed = queried(item).filter(({ name, required }) => required && !names.has(name)
    && name !== without).map(({ name, example }) => [name, example]);
  const query = new URLSearchParams([...needed, ...more]).toString();
  return query ? `${address}?${query}` : address;
}

/** Status, form and body are as described; returns the answer with its body. */
async function check_answer({ operation }, address, wanted) {
  const answer = await get(address);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const described = operation.responses[answer.status];
  const status_fits = wanted ? answer.status === wanted : described;
  if (!check(status_fits && described, address, `status ${answer.status}`))
    return { answer, bytes };
  const type = (answer.headers.get("content-type") ?? "").split(";")[0];
  const content = resolve(described).content ?? {};
  const media = content[type] ?? content["*/*"];
  if (!check(media, address, `'${type}' is not described`)) return { answer, bytes };
  if (type === "application/json") {
    const complaint = complaint_of(media.schema, JSON.parse(bytes.toString()));
    check(complaint === "", address, complaint);
  }
  return { answer, bytes };
}

/** CSV has a header, XLSX is an archive; what is known is not sent again; scripts read twins. */
async function check_form(item, address, { answer, bytes }) {
  if (item.twin === "csv")
    check(/^\ufeff?[a-z0-9_]+(,[a-z0-9_]+)*\r\n/.test(bytes.toString()), address, "no header");
  if (item.twin === "xlsx") check(bytes.subarray(0, 2).toString() === "PK", address, "no XLSX");
  const etag = answer.headers.get("etag");
  if (etag) {
    const again = await get(address, { "If-None-Match": etag });
    check(again.status === 304 && (await again.text()) === "", address,
      `${again.status} for what is known already`);
  }
  const open = item.twin !== "" || /^\/(api|assets|favicon)[./]/.test(address);
  check((answer.headers.get("access-control-allow-origin") === "*") === open, address,
    "wrong headers for other sites' scripts");
  const asked = await get(address, { Origin: "http://other.example" }, "OPTIONS");
  check(asked.status === (open ? 204 : 405), address, `OPTIONS gives ${asked.status}`);
}

async function check_refusals(item, address) {
  const unknown = await check_answer(item, ask(item, address, [["recipent", "KE"]]), 400);
  check(unknown.bytes.toString().includes("recipent"), address, "the refusal names nothing");
  const json = item.twin || address.startsWith("/api/");
  check(!json || unknown.answer.headers.get("content-type").startsWith("application/json"),
    address, "a refusal that is no JSON");
  for (const { name, required, schema } of queried(item)) {
    if (schema.type === "integer" || schema.enum)
      await check_answer(item, ask(item, address, [[name, "abc"]]), 400);
    if (required) await check_answer(item, ask(item, address, [], name), 400);
  }
}

async function check_operation(item, met) {
  const address = fill(item, met);
  if (!check(address, item.path, "no link on the site leads there")) return;
  const plain = ask(item, address);
  await check_form(item, plain, await check_answer(item, plain, 200));
  for (const { name, example } of queried(item)) {
    if (example === undefined) continue;
    await check_answer(item, ask(item, address, [example].flat().map((value) => [name, value])));
  }
  await check_refusals(item, address);
}

check(api.openapi.startsWith("3.1."), "/api/openapi.json", "is not OpenAPI 3.1");
check(api.servers.every(({ url }) => url.startsWith("/")), "/api/openapi.json", "names a host");
const met = await collect();
for (const item of operations) await check_operation(item, met);
for (const [path, { post }] of Object.entries(api.paths)) if (post) await check_sending(path);
for (const path of ["/api/nothing", "/nothing.json", "/openapi.json"]) {
  const answer = await get(path);
  check(answer.status === 404, path, `status ${answer.status}`);
  check(complaint_of({ $ref: "#/components/schemas/Error" }, await answer.json()) === "", path,
    "is no Error");
}
console.log(`${operations.length} operations, ${met.length} addresses met`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || operations.length === 0 ? 1 : 0;
