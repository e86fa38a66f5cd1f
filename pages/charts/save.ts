// Saves a chart as a picture that stands on its own: colours and type written into it.

const copied = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size",
  "font-weight", "text-anchor", "opacity"];

/** `above`: what the element inherits in the picture already. */
function copy_looks(from: Element, to: Element, above: Record<string, string> = {}): void {
  const style = getComputedStyle(from);
  const looks: Record<string, string> = {};
  for (const name of copied) {
    const own = style.getPropertyValue(name);
    // Transparent strokes only make small marks easier to hit.
    const value = own === "rgba(0, 0, 0, 0)" ? "none" : own;
    looks[name] = value;
    if (value && value !== above[name]) to.setAttribute(name, value);
    else if (value) to.removeAttribute(name);
  }
  const label = to.getAttribute("aria-label");
  if (label) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = label;
    to.prepend(title);
  }
  for (const name of ["class", "tabindex", "role", "aria-label"]) to.removeAttribute(name);
  [...from.children].forEach((child, at) => {
    const twin = to.children[at + (label ? 1 : 0)];
    if (twin) copy_looks(child, twin, { ...looks, opacity: "1" });
  });
}

function to_standalone(svg: SVGSVGElement): { text: string; width: number; height: number } {
  svg.querySelector(".tip")?.remove();
  const margin = 16;
  const width = svg.viewBox.baseVal.width + 2 * margin;
  const height = svg.viewBox.baseVal.height + 2 * margin;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy_looks(svg, copy);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `${-margin} ${-margin} ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ x: -margin, y: -margin, width, height,
    fill: getComputedStyle(document.documentElement).backgroundColor }))
    paper.setAttribute(name, String(value));
  copy.prepend(paper);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function download(bytes: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function save_picture(figure: HTMLElement, kind: string): Promise<void> {
  const svg = figure.querySelector<SVGSVGElement>(".canvas svg");
  if (!svg) return;
  const { text, width, height } = to_standalone(svg);
  if (kind === "svg") return download(new Blob([text], { type: "image/svg+xml" }),
    `${figure.id}.svg`);
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * width;  // sharp in print and on fine screens
  canvas.height = 2 * height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((bytes) => { if (bytes) download(bytes, `${figure.id}.png`); }, "image/png");
}
