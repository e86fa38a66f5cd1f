// Draws bars, lines, areas, matrices and steps; loaded by pages where such a figure stands.
import { paint_bars } from "../charts/bars";
import { paint_areas, paint_lines } from "../charts/lines";
import { paint_matrix } from "../charts/matrix";
import { mount } from "../charts/mount";
import { paint_steps } from "../charts/steps";

const painters = { bars: paint_bars, lines: paint_lines, areas: paint_areas,
  matrix: paint_matrix, steps: paint_steps };

export function draw(figure: HTMLElement): void {
  const paint = painters[figure.dataset.kind as keyof typeof painters];
  mount(figure, "", paint);
}
