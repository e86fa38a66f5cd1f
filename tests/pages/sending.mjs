// Sends files to /check and /sheet as people do in a browser: dropped on the page, stopped midway.
//
// node tests/pages/sending.mjs http://127.0.0.1:8080 [--chromium PATH]
// Checks that a dropped file is sent and answered in place, that cancelling brings the form back
// with words that say so, that what is sent after that works, and that both forms work without
// scripts.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const given = process.argv.slice(2);
const at = given.indexOf("--chromium");
const base = given.find((word) => /^https?:\/\//.test(word)) ?? "";
const path = at < 0 ? process.env.CHROMIUM ?? "/usr/bin/chromium" : given[at + 1];
if (!base) {
  console.error("usage: node tests/pages/sending.mjs http://ADDRESS:PORT [--chromium PATH]");
  process.exit(2);
}
let passed = 0, failed = 0;

function check(holds, where, what) {
  if (holds) ++passed;
  else {
    ++failed;
    console.log(`FAIL ${where}: ${what}`);
  }
}

const sheet = "Project ID;Project title;Recipient country;Start date;Budget;Currency\n"
  + "P-1;Wells for Lichinga;Mozambique;13/02/2019;1.200,50;USD\n"
  + "P-2;Seed bank;Kenya;14/03/2020;900,00;USD\n";
const pages = [
  { path: "/check", name: "wells.xml", text: "<iati-activities version=\"2.03\"/>",
    field: "#check-file", answered: ".checked" },
  { path: "/sheet", name: "projects.csv", text: sheet, field: "#sheet-file",
    answered: "#sheet-columns" },
];

/** Drops a file on the middle of the page, as a browser tells it. */
const drop = (page, name, text) => page.evaluate(([file_name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([bytes], file_name));
  const target = document.querySelector(".drop");
  for (const kind of ["dragenter", "dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true,
      dataTransfer: data }));
}, [name, text]);

async function drop_and_read(browser, one) {
  const page = await browser.newPage();
  await page.goto(new URL(one.path, base).href);
  await drop(page, one.name, one.text);
  await page.waitForSelector(one.answered, { timeout: 15000 }).catch(() => {});
  check(await page.locator(one.answered).count() > 0, one.path, "a dropped file is not answered");
  check((await page.locator("h1").innerText()).length > 0, one.path, "the answer has no heading");
  if (one.path === "/sheet") {
    check(/\/sheet\/\w+/.test(page.url()), one.path, `the sheet is not at ${page.url()}`);
    await page.reload();
    check(await page.locator(one.answered).count() > 0, one.path, "the sheet's address is empty");
    await page.goBack();
    await page.waitForSelector(one.field, { timeout: 15000 }).catch(() => {});
    check(await page.locator(one.field).count() > 0, one.path, "back does not lead to the form");
  }
  await page.close();
}

async function cancel_and_send_again(browser, one, folder) {
  const page = await browser.newPage();
  await page.goto(new URL(one.path, slow_base).href);
  slow = true;
  const large = join(folder, `large-${one.name}`);
  writeFileSync(large, one.text + " ".repeat(4_000_000));
  await page.locator(one.field).setInputFiles(large);
  await page.locator(".send button").click();
  const cancel = page.locator("#check-sending button");
  await cancel.waitFor({ state: "visible", timeout: 5000 }).catch(() => {});
  check(await cancel.isVisible(), one.path, "nothing can be cancelled while a file is sent");
  check(/\d/.test(await page.locator("#check-sending .told").innerText()), one.path,
    "how much was sent is not told");
  await cancel.click();
  const problem = page.locator("#check-problem");
  await problem.waitFor({ state: "visible", timeout: 5000 }).catch(() => {});
  check((await problem.innerText()).length > 0, one.path, "cancelling is not told");
  check(await page.locator(one.field).isVisible(), one.path, "the form does not come back");
  slow = false;
  const small = join(folder, one.name);
  writeFileSync(small, one.text);
  await page.locator(one.field).setInputFiles(small);
  await page.locator(".send button").click();
  await page.waitForSelector(one.answered, { timeout: 15000 }).catch(() => {});
  check(await page.locator(one.answered).count() > 0, one.path, "sent again, it is not answered");
  await page.close();
}

async function send_without_scripts(browser, one, folder) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL(one.path, base).href);
  const file = join(folder, one.name);
  writeFileSync(file, one.text);
  await page.locator(one.field).setInputFiles(file);
  await page.locator(".send button").click();
  await page.waitForLoadState();
  check(await page.locator(one.answered).count() > 0, one.path, "without scripts, no answer");
  await context.close();
}

/** A line to the site that carries 200 kB a second towards it while `slow` is set. */
let slow = false;
const line = createServer((reader) => {
  const site = connect(Number(new URL(base).port), new URL(base).hostname);
  reader.on("data", (bytes) => {
    site.write(bytes);
    if (!slow) return;
    reader.pause();
    setTimeout(() => reader.resume(), bytes.length / 200);
  });
  site.pipe(reader);
  for (const [end, other] of [[reader, site], [site, reader]]) {
    end.on("error", () => other.destroy());
    end.on("close", () => other.destroy());
  }
});
await new Promise((ready) => line.listen(0, "127.0.0.1", ready));
const slow_base = `http://127.0.0.1:${line.address().port}`;

const folder = mkdtempSync(join(tmpdir(), "austral-sending-"));
const browser = await chromium.launch({ executablePath: path,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
try {
  for (const one of pages) {
    await drop_and_read(browser, one);
    await cancel_and_send_again(browser, one, folder);
    await send_without_scripts(browser, one, folder);
  }
} finally {
  await browser.close();
  line.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
