// Check a file, read a sheet: dropping it on the page, seeing how far it is, the answer in place of
// the form.

const mega = 1e6;

/** One decimal, as the reader's language writes it, with Latin digits as everywhere here. */
function write_mega(bytes: number): string {
  const digits = bytes < 100 * mega ? 1 : 0;
  return (bytes / mega).toLocaleString(`${document.documentElement.lang}-u-nu-latn`,
    { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** What stands in the answer's main, or the words of a refusal. */
function read_answer(text: string): { main: Element | null; title: string; said: string } {
  const answer = new DOMParser().parseFromString(text, "text/html");
  const said = answer.querySelector(".problem:not([hidden]), .error-page .lead");
  return { main: answer.querySelector("main"), title: answer.title,
    said: said?.textContent ?? "" };
}

/** The report takes the page's place; a screen reader goes on at its heading. */
function show_report(text: string): void {
  const { main, title } = read_answer(text);
  const here = document.querySelector("main");
  if (!main || !here) return;
  here.replaceChildren(...main.children);
  document.title = title;
  window.scrollTo(0, 0);
  here.querySelector("h1")?.focus({ preventScroll: true });
}

class Sending {
  private readonly bar: HTMLProgressElement;
  private readonly told: HTMLElement;
  private readonly request = new XMLHttpRequest();
  private next_words = 0;

  constructor(private readonly form: HTMLFormElement, private readonly box: HTMLElement,
    private readonly problem: HTMLElement) {
    this.bar = box.querySelector("progress")!;
    this.told = box.querySelector(".told")!;
  }

  start(file: File): void {
    const name = this.box.querySelector("bdi");
    if (name) name.textContent = file.name;
    this.problem.hidden = true;
    this.form.hidden = true;
    this.box.hidden = false;
    this.bar.value = 0;
    this.tell(0, file.size);
    const cancel = this.box.querySelector("button")!;
    cancel.onclick = () => this.request.abort();
    cancel.focus();
    const { request } = this;
    request.upload.onprogress = ({ loaded, total }) => this.tell(loaded, total);
    request.upload.onload = () => {
      this.bar.removeAttribute("value");
      this.told.textContent = this.form.dataset.judging ?? "";
    };
    request.onload = () => {
      if (request.status === 200) {
        // An answer with an address of its own is a page of its own, which the server has kept.
        if (request.responseURL && request.responseURL !== this.form.action)
          return window.location.assign(request.responseURL);
        return show_report(request.responseText);
      }
      this.stop(read_answer(request.responseText).said || this.form.dataset.broken);
    };
    request.onerror = () => this.stop(this.form.dataset.broken);
    request.onabort = () => this.stop(this.form.dataset.cancelled);
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "text/html");
    const body = new FormData();
    body.append("format", "page");
    body.append("file", file);
    request.send(body);
  }

  /** In words once a second: a screen reader reads each of them out. */
  private tell(sent: number, all: number): void {
    this.bar.value = all > 0 ? sent / all : 0;
    const now = performance.now();
    if (now < this.next_words && sent < all) return;
    this.next_words = now + 1000;
    this.told.textContent = (this.form.dataset.sending ?? "")
      .replace("{sent}", write_mega(Math.min(sent, all))).replace("{all}", write_mega(all));
  }

  private stop(words: string | undefined): void {
    this.box.hidden = true;
    this.form.hidden = false;
    this.problem.textContent = words ?? "";
    this.problem.hidden = false;
    this.form.querySelector<HTMLElement>("input[type=file]")?.focus();
  }
}

function has_files(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

export function enliven_check(): void {
  const form = document.querySelector<HTMLFormElement>("form.check");
  const box = document.querySelector<HTMLElement>("#check-sending");
  const problem = document.querySelector<HTMLElement>("#check-problem");
  const field = form?.querySelector<HTMLInputElement>("input[type=file]");
  if (!form || !box || !problem || !field) return;
  for (const words of form.querySelectorAll<HTMLElement>(".scripted")) words.hidden = false;
  const start = (file: File): void => new Sending(form, box, problem).start(file);
  form.addEventListener("submit", (event) => {
    // The other buttons fetch a file, which the browser does best by itself.
    if (event.submitter?.hasAttribute("formaction")) return;
    const file = field.files?.[0];
    if (!file) return;
    event.preventDefault();
    start(file);
  });
  const drop = form.querySelector(".drop");
  const can_take = (event: DragEvent): boolean =>
    has_files(event) && form.isConnected && !form.hidden;
  let depth = 0;  // of the elements that the file is held over
  const mark = (more: number): void => {
    depth = Math.max(0, depth + more);
    drop?.classList.toggle("over", depth > 0);
  };
  document.addEventListener("dragenter", (event) => { if (can_take(event)) mark(1); });
  document.addEventListener("dragleave", (event) => { if (can_take(event)) mark(-1); });
  document.addEventListener("dragover", (event) => {
    if (has_files(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!has_files(event)) return;
    event.preventDefault();  // else the browser would leave the page and open the file
    mark(-depth);
    const file = event.dataTransfer?.files[0];
    if (file && form.isConnected && !form.hidden) start(file);
  });
}
