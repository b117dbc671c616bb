/** Bars and histograms; counts stand on zero. */
import { categories, words, type BarData, type Series } from "./model";
import { axis, frame, type Options } from "./parts";
import type { Palette } from "./palette";

export function barOptions(data: BarData, colours: Palette, width: number): Options {
  const names = categories(data);
  const lying = !data.histogram && (names.length > 10 || width < 480 || longestOf(names) * names.length * 10 > width);
  const many = data.series.length > 1;
  const byName = {
    ...axis(colours, lying ? undefined : data.x),
    type: "category",
    data: names,
    inverse: lying,
    axisLine: { show: true, lineStyle: { color: colours.lineStrong } },
    axisLabel: { color: colours.ink, fontSize: 12, hideOverlap: true, width: 110, overflow: "truncate" },
    splitLine: { show: false },
  };
  const byValue = {
    ...axis(colours),
    type: "value",
    min: 0,
    name: lying ? undefined : data.y,
    nameTextStyle: { align: "left", color: colours.quiet },
    axisLabel: { ...axis(colours).axisLabel, formatter: (value: number) => words(value, data.percent), hideOverlap: true },
  };
  return {
    ...frame(colours, many),
    grid: { left: 8, right: 24, top: many ? 44 : data.y && !lying ? 32 : 12, bottom: data.x && !lying ? 30 : 8, containLabel: true },
    tooltip: {
      ...frame(colours, false).tooltip,
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: colours.tint("ink", 0.05) } },
      formatter: (hits: { dataIndex: number }[]) => tip(data, names, hits[0]?.dataIndex ?? 0),
    },
    xAxis: lying ? byValue : byName,
    yAxis: lying ? byName : byValue,
    series: data.series.flatMap((one, index) => drawn(data, one, index, colours, lying)),
  };
}

function longestOf(names: string[]): number {
  return Math.max(1, ...names.map((name) => name.length));
}

function drawn(data: BarData, one: Series, index: number, colours: Palette, lying: boolean): object[] {
  const colour = colours.of(one, data.series.length === 1 ? 1 : index);
  const bars = {
    name: one.name,
    type: "bar",
    data: one.values ?? [],
    stack: data.stacked ? "all" : undefined,
    itemStyle: { color: colour, borderColor: colours.paper, borderWidth: data.stacked || data.histogram ? 0.5 : 0 },
    barCategoryGap: data.histogram ? "2%" : "35%",
    barMaxWidth: data.histogram ? undefined : 36,
    cursor: data.links ? "pointer" : "default",
    emphasis: { disabled: true },
    label: {
      show: data.series.length === 1 && (one.values ?? []).length <= 14,
      position: lying ? "right" : "top",
      color: colours.ink,
      fontSize: 12,
      formatter: (hit: { value: number }) => words(hit.value, data.percent),
    },
  };
  return one.low && one.high && !data.stacked ? [bars, whiskers(one, colours, lying)] : [bars];
}

interface Api {
  value(dimension: number): number;
  coord(point: number[]): number[];
}

function whiskers(one: Series, colours: Palette, lying: boolean): object {
  const at = (category: number, value: number) => (lying ? [value, category] : [category, value]);
  return {
    type: "custom",
    silent: true,
    z: 4,
    data: (one.values ?? []).map((_, index) => [index, one.low?.[index], one.high?.[index]]),
    encode: lying ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
    renderItem: (_: unknown, api: Api) => {
      const low = api.coord(at(api.value(0), api.value(1)));
      const high = api.coord(at(api.value(0), api.value(2)));
      return {
        type: "line",
        shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] },
        style: { stroke: colours.ink, lineWidth: 1.5 },
      };
    },
  };
}

function tip(data: BarData, names: string[], index: number): string {
  const lines = [names[index] ?? ""];
  for (const one of data.series) {
    const range =
      one.low && one.high
        ? ` (${words(one.low[index], data.percent)} to ${words(one.high[index], data.percent)})`
        : "";
    lines.push(`${one.name}: ${words(one.values?.[index], data.percent)}${range}`);
  }
  return lines.join("\n");
}
