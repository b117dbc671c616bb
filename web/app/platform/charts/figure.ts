/** One <figure class="chart">: drawing, tools, live data. */
import { init, type Chart } from "./echarts";
import { barOptions } from "./bars";
import { lineOptions } from "./lines";
import { matrixHeight, matrixOptions } from "./matrix";
import { cellLink, isEmpty, type ChartData } from "./model";
import { palette } from "./palette";
import type { Options } from "./parts";
import { csv, rows, tableElement } from "./table";

export class ChartFigure {
  private data: ChartData | null = null;
  private text = "";
  private chart: Chart | null = null;
  private asTable = false;
  private readonly view: HTMLElement;
  private readonly toggle: HTMLButtonElement;
  private readonly title: string;
  private readonly tools: HTMLElement;
  private readonly note: HTMLElement;

  constructor(private readonly figure: HTMLElement) {
    const caption = figure.querySelector("figcaption");
    this.title = caption?.querySelector("b")?.textContent ?? caption?.textContent ?? "Chart";
    this.tools = document.createElement("div");
    this.tools.className = "tools";
    this.toggle = this.tool("Show as table", () => this.show(!this.asTable));
    this.tools.append(
      this.toggle,
      this.tool("CSV", () => this.saveCsv()),
      this.tool("PNG", () => this.savePng()),
    );
    this.view = document.createElement("div");
    this.note = document.createElement("p");
    this.note.className = "note";
    this.note.hidden = true;
    figure.append(this.view, this.note, this.tools);
    if (figure.dataset.chart) this.accept(figure.dataset.chart);
    new ResizeObserver(() => this.resized()).observe(figure);
    figure.addEventListener("refresh", () => void this.refresh());
    this.listen();
  }

  redraw(): void {
    if (!this.asTable) this.draw();
  }

  private listen(): void {
    const { source, poll, events } = this.figure.dataset;
    if (!source) return;
    void this.refresh();
    if (events) {
      const stream = new EventSource(events);
      stream.onmessage = () => void this.refresh();
      return;
    }
    const seconds = Number(poll);
    if (seconds > 0) {
      const again = async () => {
        if (!this.figure.isConnected) return;
        if (!document.hidden) await this.refresh();
        setTimeout(() => void again(), seconds * 1000);
      };
      setTimeout(() => void again(), seconds * 1000);
    }
  }

  private async refresh(): Promise<void> {
    const source = this.figure.dataset.source;
    if (!source) return;
    try {
      const response = await fetch(source, { headers: { Accept: "application/json" } });
      if (response.ok) this.accept(await response.text());
    } catch {
      // The last good picture stays; the next poll tries again.
    }
  }

  private accept(text: string): void {
    if (text === this.text) return;
    try {
      this.data = JSON.parse(text) as ChartData;
      this.text = text;
    } catch {
      this.data = null;
    }
    this.show(this.asTable);
  }

  private show(asTable: boolean): void {
    this.asTable = asTable;
    this.toggle.textContent = asTable ? "Show as chart" : "Show as table";
    this.toggle.setAttribute("aria-pressed", String(asTable));
    const empty = !this.data || isEmpty(this.data);
    this.tools.hidden = empty;
    this.note.textContent = this.data?.note ?? "";
    this.note.hidden = empty || !this.data?.note;
    if (!this.data || empty) {
      this.discard();
      this.view.className = "no-data";
      this.view.textContent = this.data?.empty ?? "No data yet. This fills as answers come in.";
    } else if (asTable) {
      this.discard();
      this.view.className = "";
      this.view.replaceChildren(tableElement(rows(this.data), this.title));
      this.view.className = "table-view";
    } else this.draw();
  }

  private draw(): void {
    if (!this.data || isEmpty(this.data)) return;
    if (!this.chart) {
      this.view.replaceChildren();
      this.view.className = "canvas";
      this.figure.dataset.kind = this.data.kind;
      this.view.setAttribute("role", "img");
      this.view.setAttribute("aria-label", `${this.title}. The numbers are in the table view.`);
      this.fit(this.data);
      this.chart = init(this.view);
      this.chart.on("click", (hit) => this.open(hit));
    } else if (this.fit(this.data)) this.chart.resize();
    this.chart.setOption(this.options(this.data), true);
  }

  /** Gives a matrix room for its rows; whether that changed anything. */
  private fit(data: ChartData): boolean {
    const height = data.kind === "matrix" ? matrixHeight(data) : "";
    const changed = this.view.style.height !== height;
    this.view.style.height = height;
    return changed;
  }

  private options(data: ChartData): Options {
    const colours = palette(this.figure);
    const width = this.view.clientWidth;
    if (data.kind === "matrix") return matrixOptions(data, colours, width);
    return data.kind === "bar" ? barOptions(data, colours, width) : lineOptions(data, colours, width);
  }

  private resized(): void {
    if (!this.chart || this.chart.getWidth() === this.view.clientWidth) return;
    this.chart.resize();
    this.draw();
  }

  private discard(): void {
    this.chart?.dispose();
    this.chart = null;
    this.view.style.height = "";
    this.view.removeAttribute("role");
    this.view.removeAttribute("aria-label");
    this.view.replaceChildren();
  }

  private open(hit: { dataIndex?: number; value?: unknown }): void {
    if (!this.data) return;
    let link: string | null | undefined;
    if (this.data.kind === "matrix" && Array.isArray(hit.value)) {
      link = cellLink(this.data, Number(hit.value[1]), Number(hit.value[0]));
    }
    if (this.data.kind === "bar") link = this.data.links?.[hit.dataIndex ?? -1];
    if (link) location.assign(link);
  }

  private tool(text: string, action: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = text;
    if (text.length === 3) button.setAttribute("aria-label", `Download ${this.title} as ${text}`);
    button.addEventListener("click", action);
    return button;
  }

  private saveCsv(): void {
    if (!this.data) return;
    const blob = new Blob(["\ufeff", csv(rows(this.data))], { type: "text/csv" });
    this.save(URL.createObjectURL(blob), "csv");
  }

  private savePng(): void {
    if (this.asTable) this.show(false);
    if (!this.chart) return;
    const background = palette(this.figure).paper;
    this.save(this.chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: background }), "png");
  }

  private save(url: string, extension: string): void {
    const link = document.createElement("a");
    link.href = url;
    link.download = `${this.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "chart"}.${extension}`;
    link.click();
    if (url.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}
