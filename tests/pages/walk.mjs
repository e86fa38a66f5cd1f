// Walks every kind of page of a running site in a browser and fails on what would trip a reader.
//
// node tests/pages/walk.mjs http://127.0.0.1:8080 [--shots FOLDER] [--per-kind 3]
//   [--views all|main|few] [--chromium PATH]
// Checks, at 1280 px, at 375 px and in Arabic: HTTP errors, errors in the console, requests to
// foreign hosts, accessibility (axe: WCAG 2.1 A and AA, light and dark), overflow at 375 px,
// duplicate ids, links that lead nowhere, a first view above 60 KB (a map's shapes, which load
// later, above 80 KB), figures without their marks, a layout that moves, and the main content with
// scripts switched off and on a 2G line. A sheet is sent to /sheet, corrected, and looked at, too.
// Views: all of them for every page; or for the first page of each path (main), the others, which
// differ by a filter, taking turns with one wide and one narrow view; or turns for all (few).
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const first_view_limit = 60 * 1024;  // bytes over the wire
const shapes_limit = 80 * 1024;
const layout_shift_limit = 0.02;
const slow_line = { offline: false, latency: 300, downloadThroughput: 250_000 / 8,
  uploadThroughput: 250_000 / 8 };
const slow_line_patience = 5000;  // milliseconds until the main content can be read
const axe_file = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const axe_source = readFileSync(axe_file, "utf8");
const axe_tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const browser_flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
  "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync"];
const views = [
  { name: "wide", width: 1280, height: 900, query: {} },
  { name: "phone", width: 375, height: 800, query: {}, touch: true },
  { name: "arabic", width: 1280, height: 900, query: { lang: "ar" }, dir: "rtl" },
  { name: "arabic-phone", width: 375, height: 800, query: { lang: "ar" }, dir: "rtl", touch: true },
  { name: "dark", width: 1280, height: 900, query: {}, dark: true },
];

const options = read_options(process.argv.slice(2));
let passed = 0;
const failures = [];

function read_options(given) {
  const read = { base: "", shots: "", per_kind: 3, views: "all",
    chromium: process.env.CHROMIUM ?? "/usr/bin/chromium" };
  for (let i = 0; i < given.length; ++i) {
    if (given[i] === "--shots") read.shots = given[++i] ?? "";
    else if (given[i] === "--per-kind") read.per_kind = Number(given[++i]);
    else if (given[i] === "--views") read.views = given[++i] ?? "";
    else if (given[i] === "--chromium") read.chromium = given[++i] ?? "";
    else read.base = given[i];
  }
  if (!/^https?:\/\//.test(read.base) || !["all", "main", "few"].includes(read.views)) {
    console.error("usage: node tests/pages/walk.mjs http://ADDRESS:PORT [--shots FOLDER]"
      + " [--per-kind N] [--views all|main|few]");
    process.exit(2);
  }
  return read;
}

function check(holds, where, what) {
  if (holds) ++passed;
  else {
    failures.push(`${where}: ${what}`);
    console.log(`FAIL ${where}: ${what}`);
  }
}

/** Pages of one kind differ only in the thing: /initiatives/7 and /initiatives/9 are one. */
function kind_of(url) {
  const parts = url.pathname.split("/").filter(Boolean);
  const path = parts.length > 1 ? `/${parts[0]}/*${"/*".repeat(parts.length - 2)}` : url.pathname;
  const names = [...new Set(url.searchParams.keys())].sort().join("&");
  return names ? `${path}?${names}` : path;
}

/** Filters combine without end: every page is looked at with one of them at a time. */
function combines(url) {
  const others = ["lang", "embed", "chart", "view", "by", "a", "b"];
  return new Set([...url.searchParams.keys()].filter((name) => !others.includes(name))).size > 1;
}

/** Collects same-site addresses breadth first, following at most per_kind pages of each kind. */
async function collect(browser, base) {
  const seen = new Map();  // address without fragment -> status
  const kinds = new Map();
  const queue = [new URL("/", base)];
  const pages = [];
  const context = await browser.newContext();
  while (queue.length > 0) {
    const url = queue.shift();
    url.hash = "";
    if (seen.has(url.href)) continue;
    const kind = kind_of(url);
    const count = kinds.get(kind) ?? 0;
    if (count >= options.per_kind) continue;
    kinds.set(kind, count + 1);
    const answer = await context.request.get(url.href, { maxRedirects: 5 });
    seen.set(url.href, answer.status());
    check(answer.status() < 400, url.href.slice(base.origin.length), `HTTP ${answer.status()}`);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    // A language switch leads to the same page: the views below look at the languages.
    if (!url.searchParams.has("lang") || url.searchParams.has("embed")) pages.push(url);
    const body = await answer.text();
    for (const [, raw] of body.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
      const next = new URL(raw.replaceAll("&amp;", "&").replaceAll("&#39;", "'"), url);
      if (next.origin === base.origin && !combines(next)) queue.push(next);
    }
  }
  await context.close();
  return pages;
}

/** Which views a page is looked at in, and whether it is looked at in all of them. */
function plan_views(pages) {
  const paths = new Set();
  const wide = views.filter((view) => !view.touch);
  const narrow = views.filter((view) => view.touch);
  return pages.map((url, at) => {
    const path = kind_of(new URL(url.pathname, url));
    const first = !paths.has(path);
    paths.add(path);
    if (options.views === "all" || (options.views === "main" && first))
      return { url, chosen: views, full: true };
    return { url, chosen: [wide[at % wide.length], narrow[at % narrow.length]], full: false };
  });
}

/** What can be seen only from inside the page. */
function look_inside() {
  /** Figures are left out: without scripts the table says what they say. */
  const words_of = (main) => [...main?.querySelectorAll("figure.chart") ?? []].reduce(
    (words, figure) => words.replace(figure.innerText, ""), main?.innerText ?? "").trim();
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const broken = [...document.querySelectorAll("a[href]")].filter((link) => {
    const href = link.getAttribute("href");
    if (href === "" || href === "#") return true;
    return href.startsWith("#") && !document.getElementById(decodeURIComponent(href.slice(1)));
  });
  return {
    duplicates: [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))],
    dead_links: broken.map((link) => link.textContent.trim()),
    dir: document.documentElement.dir,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    main: words_of(document.querySelector("main")),
    headings: document.querySelectorAll("h1").length,
    raw_keys: document.body.innerText.match(/\[\[[a-z_.0-9]+\]\]|\{\{|\}\}/g) ?? [],
  };
}

async function open_view(browser, view, scripted) {
  return browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.dark ? "dark" : "light",
    hasTouch: view.touch ?? false,
    isMobile: view.touch ?? false,
    javaScriptEnabled: scripted,
    bypassCSP: scripted,  // axe is put in from outside; the pages' own policy is checked without it
  });
}

/** Adds up what moves without the reader's doing. */
function watch_layout() {
  window.layout_shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (!entry.hadRecentInput) window.layout_shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** Every figure is drawn of its table: a mark for what the table tells apart, and no more. */
function look_at_figure(figure) {
  const table = document.getElementById(figure.dataset.table);
  const rows = [...table?.querySelectorAll("tbody tr") ?? []];
  const marks = figure.querySelectorAll("svg .mark");
  return {
    name: figure.id, hidden: figure.hidden, rows: rows.length, marks: marks.length,
    cells: rows.length * figure.dataset.y.split(" ").length,
    labelled: [...marks].every((mark) => mark.getAttribute("aria-label")),
    reachable: figure.querySelectorAll('svg .mark[tabindex="0"]').length,
    title: figure.querySelector("svg .title")?.textContent ?? "",
    outside: [...figure.querySelectorAll("svg text")].filter((text) => {
      const [inner, outer] = [text, text.ownerSVGElement].map((e) => e.getBoundingClientRect());
      return inner.left < outer.left - 2 || inner.right > outer.right + 2;
    }).map((text) => text.textContent),
  };
}

async function check_figures(page, where) {
  for (const figure of await page.locator("figure.chart").all()) {
    await figure.scrollIntoViewIfNeeded({ timeout: 5000 }).catch(() => {});  // hidden: said below
    await page.waitForFunction((one) => one.hidden || one.querySelector("svg .mark"),
      await figure.elementHandle(), { timeout: 10_000 }).catch(() => {});
    const seen = await figure.evaluate(look_at_figure);
    const what = `figure ${seen.name}:`;
    check(!seen.hidden && seen.marks > 0, where, `${what} not drawn`);
    check(seen.marks <= seen.cells, where, `${what} ${seen.marks} marks of ${seen.rows} rows`);
    check(seen.labelled && seen.reachable === 1, where, `${what} marks without words or focus`);
    check(seen.title !== "", where, `${what} without title`);
    check(seen.outside.length === 0, where, `${what} words outside: ${seen.outside.join("; ")}`);
  }
  const moved = await least_shift(page);
  check(moved < layout_shift_limit, where, `the layout moves by ${moved}`);
}

/** How far a page moves by itself. On a busy machine a table may be drawn before its last rows
 *  came, and its columns find their widths then: only what moves each time is the page's own. */
async function least_shift(page) {
  let least = await page.evaluate(() => window.layout_shift);
  for (let again = 0; again < 2 && least >= layout_shift_limit; ++again) {
    await page.reload({ waitUntil: "networkidle" });
    least = Math.min(least, await page.evaluate(() => window.layout_shift));
  }
  return least;
}

async function visit(context, url, view, base) {
  const address = new URL(url);
  for (const [name, value] of Object.entries(view.query)) address.searchParams.set(name, value);
  const where = `${view.name} ${address.href.slice(base.origin.length)}`;
  const page = await context.newPage();
  const troubles = [];
  const foreign = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== "data:" && asked.origin !== base.origin) foreign.push(asked.href);
  });
  const meter = await context.newCDPSession(page);
  const sizes = { page: 0, shapes: 0 };
  const shapes = new Set();
  await meter.send("Network.enable");
  meter.on("Network.requestWillBeSent", (event) => {
    if (event.request.url.endsWith(".json")) shapes.add(event.requestId);
  });
  meter.on("Network.loadingFinished", (event) => {
    sizes[shapes.has(event.requestId) ? "shapes" : "page"] += event.encodedDataLength;
  });
  await page.addInitScript(watch_layout);
  const answer = await page.goto(address.href, { waitUntil: "load" });
  check(answer.status() < 400, where, `HTTP ${answer.status()}`);
  check(troubles.length === 0, where, `console: ${troubles.join("; ")}`);
  check(foreign.length === 0, where, `asks other hosts: ${foreign.join(", ")}`);
  await check_figures(page, where);
  check(sizes.page <= first_view_limit, where, `first view ${Math.round(sizes.page / 1024)} KB`);
  check(sizes.shapes <= shapes_limit, where, `shapes ${Math.round(sizes.shapes / 1024)} KB`);
  return { page, where };
}

async function check_scripted(browser, url, view, base) {
  const context = await open_view(browser, view, true);
  const { page, where } = await visit(context, url, view, base);
  const inside = await page.evaluate(look_inside);
  check(inside.duplicates.length === 0, where, `duplicate ids: ${inside.duplicates.join(", ")}`);
  check(inside.dead_links.length === 0, where, `links to nowhere: ${inside.dead_links.join(", ")}`);
  check(inside.dir === (view.dir ?? "ltr"), where, `dir is '${inside.dir}'`);
  check(inside.overflow <= 0, where, `wider than the window by ${inside.overflow} px`);
  check(inside.headings === 1, where, `${inside.headings} h1 headings`);
  check(inside.raw_keys.length === 0, where, `unfilled: ${inside.raw_keys.join(" ")}`);
  await page.evaluate(axe_source);
  const report = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), axe_tags);
  const violations = report.violations.map(
    (violation) => `${violation.id} (${violation.nodes.length}) ${violation.nodes[0].target}`);
  check(violations.length === 0, where, `axe: ${violations.join("; ")}`);
  if (options.shots) {
    const name = where.replaceAll(/[^a-z0-9-]+/gi, "_").slice(0, 100);
    await page.screenshot({ path: `${options.shots}/${name}.png`, fullPage: true });
  }
  await context.close();
  return inside.main;
}

/** Same page, own content policy, no scripts: the words and figures must all be there. */
async function check_plain(browser, url, scripted_text, base) {
  const view = { ...views[0], name: "no-script" };
  const context = await open_view(browser, view, false);
  const answer = await context.newPage().then((page) => page.goto(url.href).then(() => page));
  const text = await answer.locator("main").innerText();
  const words = (given) => given.replaceAll(/\s+/g, " ").trim();
  const enough = words(text).length >= 0.9 * words(scripted_text).length && words(text).length > 20;
  check(enough, `no-script ${url.href.slice(base.origin.length)}`, "main content is missing");
  await context.close();
}

/** On a 2G line the words are there long before the scripts, which hold nothing up. */
async function time_slow(browser, url) {
  const context = await open_view(browser, views[1], true);
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", slow_line);
  await page.goto(url.href, { waitUntil: "commit", timeout: 60_000 });
  await page.locator("footer.site, .embed > .provenance").first()
    .waitFor({ state: "visible", timeout: 60_000 });
  const painted = await page.evaluate(() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime))
      .observe({ type: "paint", buffered: true });
  }));
  const parsed = await page.evaluate(() => performance.now());
  await context.close();
  return Math.round(Math.max(painted, parsed));
}

/** The line is what counts: a machine that is busy with other things gets two more tries. */
async function check_slow(browser, url, base) {
  let readable = Infinity;
  for (let tries = 0; tries < 3 && readable >= slow_line_patience; ++tries)
    readable = Math.min(readable, await time_slow(browser, url));
  check(readable < slow_line_patience, `2G ${url.href.slice(base.origin.length)}`,
    `readable after ${readable} ms`);
}

/** The site's own policy is at work: scripts and styles load under it without complaint. */
async function check_policy(browser, url, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  const answer = await page.goto(url.href, { waitUntil: "load" });
  const policy = answer.headers()["content-security-policy"] ?? "";
  const where = `policy ${url.href.slice(base.origin.length)}`;
  check(policy.includes("default-src 'none'") && !policy.includes("unsafe"), where, `'${policy}'`);
  check(troubles.length === 0, where, troubles.join("; "));
  await context.close();
}

/** A file is sent by button and by script: progress, verdict, focus, downloads, and a refusal. */
async function check_upload(browser, view, base) {
  const context = await browser.newContext({ viewport: { width: view.width, height: view.height },
    acceptDownloads: true });
  const page = await context.newPage();
  const where = `${view.name} /check with a file`;
  const troubles = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  const query = new URLSearchParams(view.query).toString();
  await page.goto(new URL(`/check?${query}`, base).href);
  const send = async (name, text) => {
    await page.setInputFiles("#check-file",
      { name, mimeType: "text/xml", buffer: Buffer.from(text) });
    await page.click("form.check .send button");
  };
  await send("empty.xml", "");
  await page.waitForSelector("#check-problem:not([hidden])");
  check(await page.locator("form.check").isVisible(), where, "no form after a refusal");
  troubles.length = 0;  // the browser tells of the refusal, 400
  await send("wrong.xml", '<iati-activities version="2.03">\n<iati-activity/></iati-activities>');
  await page.waitForSelector(".checked h1");
  const seen = await page.evaluate(look_inside);
  const focused = await page.evaluate(() => document.activeElement?.tagName);
  check(focused === "H1", where, "focus is lost");
  check(seen.overflow <= 0, where, `wider than the window by ${seen.overflow} px`);
  check(seen.headings === 1 && seen.raw_keys.length === 0, where, "headings or words are amiss");
  const [download] = await Promise.all([page.waitForEvent("download"),
    page.click(".take-away a[download$='.csv']")]);
  const rows = readFileSync(await download.path(), "utf8");
  check(rows.includes("0.3.1"), where, "the download does not hold the report");
  check(troubles.length === 0, where, troubles.join("; "));
  if (options.shots)
    await page.screenshot({ path: `${options.shots}/${view.name}_checked.png`, fullPage: true });
  await context.close();
}

/** A small sheet is sent; the page that shows its mapping is looked at as any other. */
async function send_sheet(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL("/sheet", base).href);
  await page.setInputFiles("#sheet-file", { name: "projects.csv", mimeType: "text/csv",
    buffer: Buffer.from("Project ID,Title,Country,Start,Budget,Currency\n"
      + "P-1,Wells,Mozambique,2019-03-02,1200,USD\nP-2,Seed bank,Atlantis,2020-04-05,900,USD\n") });
  await page.click("form.check button[type=submit]");
  await page.waitForURL(/\/sheet\/[0-9a-f]{32}$/);
  const url = new URL(page.url());
  await page.selectOption("#f2", "partner_country");
  await page.fill("#publisher", "XM-TEST-1");
  await page.click("form.mapping section button");
  const text = await page.locator("main").innerText();
  check(text.includes("Atlantis") && text.includes("partner_country"), "/sheet/*",
    "a correction does not show");
  await context.close();
  return url;
}

async function walk() {
  const base = new URL(options.base);
  if (options.shots) mkdirSync(options.shots, { recursive: true });
  const browser = await chromium.launch({ executablePath: options.chromium, args: browser_flags });
  try {
    const pages = await collect(browser, base);
    pages.push(await send_sheet(browser, base));
    let looks = 0;
    for (const { url, chosen, full } of plan_views(pages)) {
      const texts = await Promise.all(
        chosen.map((view) => check_scripted(browser, url, view, base)));
      looks += chosen.length;
      if (!full) continue;
      await Promise.all(
        [check_plain(browser, url, texts[0], base), check_policy(browser, url, base)]);
      await check_slow(browser, url, base);
    }
    for (const view of views) await check_upload(browser, view, base);
    check(pages.length > 0, "/", "no page found");
    console.log(`${pages.length} pages, ${looks} views of them`);
  } finally {
    await browser.close();
  }
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

await walk();
