// Breaks and shortens words to a width, measured in the page's own type.

let pen: CanvasRenderingContext2D | null = null;

function width_of(text: string, size: number, bold: boolean): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * size * 0.6;
  const family = getComputedStyle(document.body).fontFamily;
  pen.font = `${bold ? "650 " : ""}${size}px ${family}`;
  return pen.measureText(text).width;
}

export function wrap_text(text: string, width: number, size: number, bold: boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && width_of(`${last} ${word}`, size, bold) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function shorten_text(text: string, width: number, size: number) {
  let shown = text;
  let measured = width_of(shown, size, false);
  while (measured > width && shown.length > 2) {
    shown = `${shown.slice(0, -2).trimEnd()}…`;
    measured = width_of(shown, size, false);
  }
  return { text: shown, width: measured };
}
