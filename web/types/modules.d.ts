declare module "*.css";

declare module "htmx.org" {
  const htmx: {
    config: Record<string, unknown>;
    ajax(verb: string, path: string, context: { source: Element; target: string; swap: string }): Promise<void>;
    process(element: Element): void;
    trigger(element: Element, event: string, detail?: unknown): void;
  };
  export default htmx;
}

declare module "echarts/core.js" {
  export interface Chart {
    setOption(options: Record<string, unknown>, notMerge?: boolean): void;
    resize(): void;
    dispose(): void;
    getWidth(): number;
    getDataURL(options: { type: "png"; pixelRatio: number; backgroundColor: string }): string;
    on(event: "click", listener: (hit: { dataIndex?: number; value?: unknown }) => void): void;
  }
  export function init(element: HTMLElement): Chart;
  export function use(parts: unknown[]): void;
}

declare module "echarts/charts.js" {
  export const BarChart: unknown;
  export const CustomChart: unknown;
  export const HeatmapChart: unknown;
  export const LineChart: unknown;
  export const ScatterChart: unknown;
}

declare module "echarts/components.js" {
  export const GridComponent: unknown;
  export const LegendComponent: unknown;
  export const MarkLineComponent: unknown;
  export const TooltipComponent: unknown;
}

declare module "echarts/renderers.js" {
  export const CanvasRenderer: unknown;
}
