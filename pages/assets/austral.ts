// Small comforts on pages that work without them: remembered filters, quick choices, "/" to search.

import { enliven_check } from "./parts/check";
import { enliven_facets } from "./parts/facets";

const wide = window.matchMedia("(min-width: 60rem)");

/** A phone's reader who opened the filters finds them open on the next page too. */
function remember_filters(): void {
  for (const filters of document.querySelectorAll<HTMLDetailsElement>("details.filters")) {
    try {
      if (wide.matches || sessionStorage.getItem("filters") === "open") filters.open = true;
      filters.addEventListener("toggle", () => {
        if (!wide.matches) sessionStorage.setItem("filters", filters.open ? "open" : "closed");
      });
    } catch {
      // Storage can be switched off; the form works all the same.
    }
  }
}

/** A choice made by pointer is sent at once; by keyboard with the button, so arrows stay free. */
function send_choices(): void {
  const forms = "details.filters form, form.auto";
  for (const form of document.querySelectorAll<HTMLFormElement>(forms)) {
    let by_keyboard = false;
    form.addEventListener("keydown", () => { by_keyboard = true; });
    form.addEventListener("pointerdown", () => { by_keyboard = false; });
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement && !by_keyboard) form.requestSubmit();
    });
    // Empty fields would only lengthen the address that people copy.
    form.addEventListener("submit", () => {
      for (const field of form.elements)
        if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
          field.disabled = field.value === "";
    });
  }
  // Coming back through history must find the fields alive again.
  window.addEventListener("pageshow", () => {
    const fields = "details.filters :disabled, form.auto :disabled";
    for (const field of document.querySelectorAll<HTMLInputElement>(fields))
      field.disabled = false;
  });
}

function focus_search(event: KeyboardEvent): void {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (!(at instanceof HTMLElement)) return;
  if (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
  const search = document.querySelector<HTMLInputElement>("#q");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

/** Open menus close with Escape or a click elsewhere. */
function close_menus(event: Event): void {
  if (event instanceof KeyboardEvent && event.key !== "Escape") return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.languages[open]"))
    if (event instanceof KeyboardEvent || !menu.contains(event.target as Node)) menu.open = false;
}

interface ChartModule { draw(figure: HTMLElement, files: DOMStringMap): void | Promise<void> }

/** Figures are drawn by modules of their own, so that pages without one never load them. */
async function draw_chart(figure: HTMLElement, files: DOMStringMap): Promise<void> {
  try {
    const file = figure.dataset.kind === "map" ? files.map : files.charts;
    const module = await import(file ?? "") as ChartModule;
    figure.classList.add("drawn");
    await module.draw(figure, files);
  } catch {
    figure.hidden = true;  // the table says the same
  }
}

function draw_charts(): void {
  const files = document.querySelector<HTMLScriptElement>("script[data-charts]")?.dataset;
  if (!files) return;
  // A map's shapes are the heaviest of all: they wait until the map comes near.
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      void draw_chart(target as HTMLElement, files);
    }
  }, { rootMargin: "300px" });
  for (const figure of document.querySelectorAll<HTMLElement>("figure.chart"))
    if (figure.dataset.kind === "map") near.observe(figure);
    else void draw_chart(figure, files);
}

draw_charts();
remember_filters();
const here = document.querySelector(".sections [aria-current]");
here?.scrollIntoView({ block: "nearest", inline: "nearest" });
send_choices();
enliven_facets();
enliven_check();
document.addEventListener("keydown", focus_search);
document.addEventListener("keydown", close_menus);
document.addEventListener("click", close_menus);
