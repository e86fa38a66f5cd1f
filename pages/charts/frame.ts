// The picture around every chart: title, how to read it, source; its marks and their words.
import { wrap_text, shorten_text } from "./text";

export type Attributes = Record<string, string | number>;
export interface Words {
  others: string; unknown: string; none: string; below: string; from: string;
}
interface Mark { element: SVGElement; label: string }

const namespace = "http://www.w3.org/2000/svg";

export function make(name: string, attributes: Attributes, parent?: Element): SVGElement {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100)
      : value);
  parent?.append(element);
  return element;
}

/** A drawing of one figure. x runs from the reading direction's start; `at` mirrors it. */
export class Frame {
  readonly svg: SVGElement;
  readonly width: number;
  readonly rtl = document.documentElement.dir === "rtl";
  top = 0;
  bottom: number;
  private marks: Mark[] = [];
  private tip: SVGElement | null = null;

  constructor(readonly figure: HTMLElement, note: string) {
    const canvas = figure.querySelector(".canvas") as HTMLElement;
    this.width = canvas.clientWidth;
    this.bottom = canvas.clientHeight;
    const title_id = `${figure.id}-title`;
    this.svg = make("svg", { viewBox: `0 0 ${this.width} ${this.bottom}`, width: this.width,
      height: this.bottom, role: "group", "aria-labelledby": title_id,
      direction: this.rtl ? "rtl" : "ltr" });
    const { title = "", reading = "", provenance = "", partial = "" } = figure.dataset;
    this.bottom = this.write_foot([partial, note, provenance].filter(Boolean));
    this.top = this.write_lines(title, 18, { class: "title", id: title_id }, 17, 23);
    this.top = this.write_lines(reading, this.top + 22, { class: "soft" }, 13, 18) + 12;
    canvas.replaceChildren(this.svg);
  }

  at(x: number): number { return this.rtl ? this.width - x : x; }

  text(words: string, x: number, y: number, attributes: Attributes = {}, parent?: Element) {
    const element = make("text", { x: this.at(x), y, ...attributes }, parent ?? this.svg);
    element.textContent = words;
    return element;
  }

  rect(x: number, y: number, width: number, height: number, attributes: Attributes) {
    return make("rect", { x: this.rtl ? this.width - x - width : x, y, width: Math.max(0, width),
      height: Math.max(0, height), ...attributes }, this.svg);
  }

  /** Words in lines of the whole width; returns where the next line would begin. */
  write_lines(words: string, y: number, attributes: Attributes, size: number, step: number) {
    let line_y = y;
    const element = make("text", attributes, this.svg);
    for (const line of wrap_text(words, this.width, size, attributes.class === "title")) {
      make("tspan", { x: this.at(0), y: line_y }, element).textContent = line;
      line_y += step;
    }
    return line_y - step;
  }

  private write_foot(parts: string[]): number {
    const lines = parts.flatMap((part) => wrap_text(part, this.width, 11.5, false));
    let y = this.bottom - 4 - (lines.length - 1) * 16;
    const begin = y - 16;
    for (const line of lines) {
      this.text(line, 0, y, { class: "foot" });
      y += 16;
    }
    return begin;
  }

  /** Names with their colours, in as many lines as it takes; moves `top` below them. */
  legend(items: { name: string; swatch: (x: number, y: number) => void }[]): void {
    let x = 0;
    let y = this.top + 14;
    for (const { name, swatch } of items) {
      const shown = shorten_text(name, Math.min(260, this.width - 30), 13);
      const width = shown.width + 40;
      if (x > 0 && x + width - 16 > this.width) { x = 0; y += 22; }
      swatch(x, y);
      this.text(shown.text, x + 20, y + 4, { class: "label" });
      x += width;
    }
    this.top = y + 14;
  }

  /** Makes an element one that is read out, focused and explained. */
  mark(element: SVGElement, label: string): void {
    element.classList.add("mark");
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", label);
    element.setAttribute("tabindex", this.marks.length === 0 ? "0" : "-1");
    const at = this.marks.push({ element, label }) - 1;
    element.addEventListener("pointerenter", () => this.show_tip(at));
    element.addEventListener("pointerleave", () => this.hide_tip());
    element.addEventListener("focus", () => this.show_tip(at));
    element.addEventListener("blur", () => this.hide_tip());
    element.addEventListener("keydown", (event) => this.move(event, at));
  }

  private move(event: KeyboardEvent, from: number): void {
    if (event.key === "Escape") return this.hide_tip();
    const ahead = this.rtl ? "ArrowLeft" : "ArrowRight";
    const back = this.rtl ? "ArrowRight" : "ArrowLeft";
    const steps: Record<string, number> = { [ahead]: 1, ArrowDown: 1, [back]: -1, ArrowUp: -1,
      Home: -from, End: this.marks.length - 1 - from };
    const step = steps[event.key];
    const next = step === undefined ? undefined : this.marks[from + step];
    if (step === undefined) return;
    event.preventDefault();
    if (!next) return;
    this.marks[from]?.element.setAttribute("tabindex", "-1");
    next.element.setAttribute("tabindex", "0");
    next.element.focus();
  }

  private hide_tip(): void {
    this.tip?.remove();
    this.tip = null;
  }

  private show_tip(at: number): void {
    this.hide_tip();
    const mark = this.marks[at];
    if (!mark) return;
    const box = (mark.element as SVGGraphicsElement).getBBox();
    const lines = wrap_text(mark.label, Math.min(280, this.width - 24), 13, false);
    const width = Math.max(...lines.map((line) => shorten_text(line, 400, 13).width)) + 20;
    const height = lines.length * 18 + 12;
    const x = Math.min(Math.max(2, box.x + box.width / 2 - width / 2), this.width - width - 2);
    const y = box.y - height - 6 < 0 ? Math.min(box.y + box.height + 6, this.bottom - height)
      : box.y - height - 6;
    this.tip = make("g", { class: "tip", "aria-hidden": "true" }, this.svg);
    make("rect", { x, y, width, height, rx: 4 }, this.tip);
    lines.forEach((line, index) => {
      const text = make("text", { x: this.rtl ? x + width - 10 : x + 10, y: y + 20 + index * 18 },
        this.tip as SVGElement);
      text.textContent = line;
    });
  }
}
