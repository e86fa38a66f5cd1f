// Brings a figure to life: draws it, draws it anew when its width or measure changes, lets it go.
import { read_source, type Source } from "./data";
import { Frame, type Words } from "./frame";
import { to_number } from "./numbers";
import { save_picture } from "./save";

export interface Drawing { frame: Frame; source: Source; measure: number; words: Words }

function fill_embed(figure: HTMLElement): void {
  const box = figure.querySelector<HTMLTextAreaElement>("[data-embed]");
  if (!box) return;
  const title = (figure.dataset.title ?? "").replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  const address = new URL(box.dataset.embed ?? "", location.href).href.replace(/&/g, "&amp;");
  box.value = `<iframe src="${address}" title="${title}" width="100%" height="640" loading="lazy"`
    + "></iframe>";
  box.addEventListener("focus", () => box.select());
}

/** `note`: what stands under a map. */
export function mount(figure: HTMLElement, note: string, paint: (drawing: Drawing) => void): void {
  const words = JSON.parse(figure.dataset.words ?? "{}") as Words;
  const source = read_source(figure, words.unknown);
  const canvas = figure.querySelector<HTMLElement>(".canvas");
  if (!canvas || source.rows.length === 0 || source.measures.length === 0)
    throw new Error("nothing to draw");
  // The first of which there is any figure; what has none would be an empty picture.
  let measure = source.measures.findIndex((_, at) =>
    source.rows.some((row) => to_number(row.values[at] ?? null) !== 0));
  if (measure < 0) throw new Error("nothing to draw");
  let width = -1;
  const redraw = () => {
    width = canvas.clientWidth;
    if (width > 0) paint({ frame: new Frame(figure, note), source, measure, words });
  };
  const choice = figure.querySelector("select");
  if (choice) choice.value = source.measures[measure]?.name ?? "";
  choice?.addEventListener("change", (event) => {
    const chosen = (event.target as HTMLSelectElement).value;
    measure = Math.max(0, source.measures.findIndex(({ name }) => name === chosen));
    redraw();
  });
  for (const button of figure.querySelectorAll<HTMLElement>("[data-save]"))
    button.addEventListener("click", () => save_picture(figure, button.dataset.save ?? "svg"));
  fill_embed(figure);
  redraw();
  new ResizeObserver(() => { if (canvas.clientWidth !== width) redraw(); }).observe(canvas);
}
