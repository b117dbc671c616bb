/** Lines with bands, the curve with its marker, stacked areas. */
import { place, words, type LineData, type Marker, type Point, type Series } from "./model";
import { axis, frame, type Options } from "./parts";
import type { Palette } from "./palette";
import { tickWords, timeTicks } from "./ticks";

export function lineOptions(data: LineData, colours: Palette, width: number): Options {
  const many = data.series.length > 1;
  // Names stand at the ends of lines where those lie below each other, else above.
  const ended = many && width >= 480 && endTogether(data);
  const longest = Math.max(0, ...data.series.map((one) => one.name.length));
  const room = ended ? Math.min(longest * 7 + 16, width * 0.3) : 0;
  // counts begin at zero; shares may be looked at closely
  const scale = data.kind === "area" || !data.percent ? {} : { scale: true };
  return {
    ...frame(colours, many && !ended),
    grid: {
      left: 8,
      right: ended ? room : 16,
      top: many && !ended ? 14 + 26 * legendRows(data.series, width) : 28,
      bottom: data.x ? 30 : 8,
      containLabel: true,
    },
    tooltip: { trigger: "axis", ...frame(colours, false).tooltip, formatter: (hits: Hit[]) => tip(data, hits) },
    xAxis: {
      ...axis(colours, data.x),
      type: "value",
      min: "dataMin",
      max: "dataMax",
      splitLine: { show: false },
      axisLabel: {
        ...axis(colours).axisLabel,
        hideOverlap: true,
        ...(data.time
          ? { customValues: ticks(data, width - room), formatter: tickWords }
          : { formatter: (value: number) => axisWords(value, data.xPercent) }),
      },
    },
    yAxis: {
      ...axis(colours),
      ...scale,
      type: "value",
      name: data.y,
      nameTextStyle: { align: "left", color: colours.quiet },
      ...(data.percent ? { max: (range: { max: number }) => (range.max > 0.97 ? 1 : null) } : { minInterval: 1 }),
      ...(data.kind === "area" ? { min: 0 } : {}),
      axisLabel: { ...axis(colours).axisLabel, formatter: (value: number) => axisWords(value, data.percent) },
    },
    series: [
      ...data.series.flatMap((one, index) => drawn(data, one, index, colours, room)),
      ...targetAndMarker(data, colours, width),
    ],
  };
}

/** Whether all lines end at the same place, or nearly. */
function endTogether(data: LineData): boolean {
  const ends = data.series.flatMap((one) => (one.points ?? []).slice(-1).map((point) => position(data, point)));
  const starts = data.series.flatMap((one) => (one.points ?? []).slice(0, 1).map((point) => position(data, point)));
  const span = Math.max(...ends) - Math.min(...starts);
  return Math.max(...ends) - Math.min(...ends) <= 0.02 * span;
}

/** Rows the legend will take: names side by side as long as they fit. */
function legendRows(series: Series[], width: number): number {
  let rows = 1;
  let used = 0;
  for (const one of series) {
    const needed = one.name.length * 7 + 32;
    if (used > 0 && used + needed > width) {
      rows++;
      used = 0;
    }
    used += needed;
  }
  return rows;
}

interface Hit {
  axisValue: number;
}

function axisWords(value: number, percent?: boolean): string {
  return percent ? `${Math.round(value * 1000) / 10} %` : words(value);
}

function position(data: LineData, point: Point): number {
  return data.time ? Date.parse(String(point[0])) : Number(point[0]);
}

/** Where the last step ends: with its hour, or now when that is not over. */
function stepEnd(at: number, length: number): number {
  const now = Date.now();
  return now > at && now < at + length ? now : at + length;
}

function drawn(data: LineData, one: Series, index: number, colours: Palette, room: number): object[] {
  const colour = colours.of(one, index);
  const points = one.points ?? [];
  const places = points.map((point) => [position(data, point), point[1]]);
  const [at, value] = places.at(-1) ?? [0, 0];
  if (data.stepMillis && points.length > 0) places.push([stepEnd(at, data.stepMillis), value]);
  const line = {
    name: one.name,
    type: "line",
    data: places,
    step: data.stepMillis ? "end" : undefined,
    symbol: points.length > 40 || data.stepMillis ? "none" : "circle",
    areaStyle: data.stepMillis ? { color: colour, opacity: 0.12 } : undefined,
    symbolSize: 6,
    lineStyle: { width: 2, color: colour, type: index % 2 ? [6, 3] : "solid" },
    itemStyle: { color: colour },
    z: 3,
    endLabel: {
      show: room > 0,
      formatter: () => one.name,
      color: colours.ink,
      fontSize: 12,
      lineHeight: 14,
      distance: 8,
      width: room - 12,
      overflow: "break",
    },
    labelLayout: { moveOverlap: "shiftY" },
  };
  if (data.kind === "area") {
    return [
      {
        ...line,
        stack: "all",
        symbol: "none",
        areaStyle: { color: colour, opacity: 0.75 },
        lineStyle: { width: 1, color: colour },
      },
    ];
  }
  return [...band(data, points, colour), line];
}

interface Api {
  coord(point: number[]): number[];
}

/** A band is one polygon along the upper bounds and back along the lower ones. */
function band(data: LineData, points: Point[], colour: string): object[] {
  const known = points
    .filter((point) => point[2] !== undefined && point[3] !== undefined)
    .map((point) => [position(data, point), point[2] ?? 0, point[3] ?? 0]);
  if (known.length < 2) return [];
  return [
    {
      type: "custom",
      silent: true,
      clip: true,
      z: 1,
      tooltip: { show: false },
      data: known,
      encode: { x: 0, y: [1, 2] },
      renderItem: (parameters: { dataIndexInside: number }, api: Api) => {
        if (parameters.dataIndexInside > 0) return null;
        const upper = known.map(([x, , high]) => api.coord([x, high]));
        const lower = known.map(([x, low]) => api.coord([x, low])).reverse();
        return {
          type: "polygon",
          shape: { points: [...upper, ...lower] },
          style: { fill: colour, opacity: 0.14 },
        };
      },
    },
  ];
}

function targetAndMarker(data: LineData, colours: Palette, width: number): object[] {
  const series: object[] = [];
  if (data.target) {
    series.push({
      type: "line",
      data: [],
      markLine: {
        silent: true,
        symbol: "none",
        data: [{ yAxis: data.target.value }],
        lineStyle: { color: colours.accent, type: [4, 3], width: 1.5 },
        label: {
          formatter: data.target.label,
          // At the end stand the names of the lines.
          position: "insideStartBottom",
          color: colours.accent,
          fontSize: 12,
          distance: 4,
        },
      },
    });
  }
  if (data.marker) {
    const x = data.time ? Date.parse(String(data.marker.x)) : data.marker.x;
    series.push({
      type: "scatter",
      data: [[x, data.marker.y]],
      symbolSize: 12,
      z: 5,
      silent: true,
      itemStyle: { color: colours.accent, borderColor: colours.paper, borderWidth: 2 },
      label: {
        show: true,
        formatter: data.marker.label,
        position: "bottom",
        align: leftHalf(data, data.marker) ? "left" : "right",
        distance: 44,
        // Broken into lines, since the mark may stand close to either side.
        width: Math.min(200, width * 0.4),
        overflow: "break",
        color: colours.ink,
        fontSize: 12,
        lineHeight: 16,
        fontWeight: 600,
        textBorderColor: colours.paper,
        textBorderWidth: 3,
      },
      markLine: {
        silent: true,
        symbol: "none",
        data: [{ xAxis: x }],
        lineStyle: { color: colours.lineStrong, type: "solid", width: 1 },
        label: { show: false },
      },
    });
  }
  return series;
}

function leftHalf(data: LineData, marker: Marker): boolean {
  const places = data.series.flatMap((one) => (one.points ?? []).map((point) => position(data, point)));
  const at = data.time ? Date.parse(String(marker.x)) : Number(marker.x);
  return at < (Math.min(...places) + Math.max(...places)) / 2;
}

function ticks(data: LineData, width: number): number[] {
  const places = data.series.flatMap((one) => (one.points ?? []).map((point) => position(data, point)));
  const last = Math.max(...places);
  return timeTicks(Math.min(...places), data.stepMillis ? stepEnd(last, data.stepMillis) : last, width);
}

function tip(data: LineData, hits: Hit[]): string {
  const at = hits[0]?.axisValue;
  const lines: string[] = [];
  for (const one of data.series) {
    const point = one.points?.find((candidate) => position(data, candidate) === at);
    if (!point) continue;
    if (lines.length === 0) lines.push(`${data.x ?? ""} ${place(data, point[0])}`.trim());
    const range =
      point[2] === undefined ? "" : ` (${words(point[2], data.percent)} to ${words(point[3], data.percent)})`;
    lines.push(`${one.name}: ${words(point[1], data.percent)}${range}`);
  }
  return lines.join("\n");
}
