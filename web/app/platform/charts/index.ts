/** Entry point of pages with charts: draws every <figure class="chart">, now and after swaps. */
import { ChartFigure } from "./figure";

const known = new WeakMap<HTMLElement, ChartFigure>();

function drawAll(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>("figure.chart")) {
    if (!known.has(figure)) known.set(figure, new ChartFigure(figure));
  }
}

drawAll(document);
document.addEventListener("htmx:load", (event) => {
  const root = event.target as HTMLElement;
  drawAll(root.parentElement ?? root);
});
document.addEventListener("themechange", () => {
  for (const figure of document.querySelectorAll<HTMLElement>("figure.chart")) known.get(figure)?.redraw();
});
void document.fonts.ready.then(() => document.dispatchEvent(new CustomEvent("themechange")));
