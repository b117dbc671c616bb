/** What a page writes into data-chart or serves under data-source. */
export type Point = [number | string, number, number?, number?];

export interface Series {
  name: string;
  role?: "human" | "machine" | "open";
  label?: number;
  points?: Point[];
  values?: (number | null)[];
  low?: number[];
  high?: number[];
}

export interface Target {
  value: number;
  label: string;
}

export interface Marker {
  x: number | string;
  y: number;
  label: string;
}

interface Common {
  x?: string;
  y?: string;
  percent?: boolean;
  empty?: string;
  /** How to read it, shown below. */
  note?: string | null;
}

export interface LineData extends Common {
  kind: "line" | "curve" | "area";
  xPercent?: boolean;
  time?: boolean;
  /** Each value holds for so long from its place on: drawn as steps instead of slopes. */
  stepMillis?: number;
  series: Series[];
  target?: Target;
  marker?: Marker;
}

export interface BarData extends Common {
  kind: "bar";
  categories?: string[];
  edges?: number[];
  histogram?: boolean;
  stacked?: boolean;
  series: Series[];
  links?: string[];
}

export interface MatrixData extends Common {
  kind: "matrix";
  labels: string[];
  /** What stands for a row or column in addresses; its place when there are none. */
  keys?: number[];
  counts: number[][];
  /** What a cell counts: items unless said otherwise. */
  unit?: string;
  link?: string;
}

export type ChartData = LineData | BarData | MatrixData;

/** Whether there is nothing to draw. */
export function isEmpty(data: ChartData): boolean {
  if (data.kind === "matrix") return data.labels.length === 0;
  return !data.series.some((one) => (one.points ?? one.values ?? []).length > 0);
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });
const share = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 48020 → "48,020"; as a percentage 0.961 → "96.1 %". */
export function words(value: number | null | undefined, percent = false): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  return percent ? `${share.format(value * 100)} %` : whole.format(value);
}

const hour = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** The words for a place on the x axis. */
export function place(data: LineData, x: number | string): string {
  if (data.time) return hour.format(Date.parse(String(x)));
  return typeof x === "number" ? words(x, data.xPercent) : x;
}

/** Category names of a bar chart; a histogram names its bins by their edges. */
export function categories(data: BarData): string[] {
  if (data.categories) return data.categories;
  const edges = data.edges ?? [];
  return edges.slice(0, -1).map((edge, index) => `${words(edge)} to ${words(edges[index + 1])}`);
}

/** The address behind a cell of a matrix; none where both say the same, which leaves nothing to look at. */
export function cellLink(data: MatrixData, row: number, column: number): string | null {
  if (!data.link || row === column) return null;
  const key = (place: number) => String(data.keys?.[place] ?? place);
  return data.link.replaceAll(":y", key(row)).replaceAll(":x", key(column));
}
