/**
 * Confusion matrix: a row is what people say, a column what the model says. Shades are shares of
 * the row; agreement is cool, difference warm and drawn three times as strong, so that rare errors show.
 */
import { words, type MatrixData } from "./model";
import { axis, frame, type Options } from "./parts";
import { textOn, type Palette } from "./palette";

/** Room for every row's name; nothing where the usual height has it. */
export function matrixHeight(data: MatrixData): string {
  return data.labels.length > 20 ? `${data.labels.length * 18 + 130}px` : "";
}

export function matrixOptions(data: MatrixData, colours: Palette, width: number): Options {
  const size = data.labels.length;
  const numbers = size <= Math.floor(width / 44);
  const names = (title?: string) => ({
    ...axis(colours, title),
    type: "category",
    data: data.labels,
    splitLine: { show: false },
    axisLabel: { color: colours.ink, fontSize: 12, interval: 0, width: 90, overflow: "truncate" },
  });
  const longest = Math.min(90, 7 * Math.max(...data.labels.map((label) => label.length)));
  const column = (width - 40 - longest) / size;
  const rotated = longest + 8 > column;
  return {
    ...frame(colours, false),
    grid: { left: 30, right: 8, top: 8, bottom: 34, containLabel: true },
    tooltip: {
      ...frame(colours, false).tooltip,
      trigger: "item",
      formatter: (hit: { value: number[] }) => tip(data, hit.value),
    },
    xAxis: {
      ...names(data.x),
      nameGap: rotated ? 78 : 30,
      axisLabel: { ...names().axisLabel, rotate: rotated ? 60 : 0, interval: size * 15 > width ? "auto" : 0 },
    },
    yAxis: { ...names(data.y), inverse: true, nameGap: 16 + longest },
    series: [
      {
        type: "heatmap",
        data: data.counts.flatMap((row, y) => row.map((count, x) => cell(row, x, y, count, colours))),
        label: { show: numbers, fontSize: 12, formatter: (hit: { value: number[] }) => words(hit.value[2]) },
        cursor: data.link ? "pointer" : "default",
        emphasis: { itemStyle: { borderColor: colours.ink, borderWidth: 1.5 } },
      },
    ],
  };
}

function cell(row: number[], x: number, y: number, count: number, colours: Palette): object {
  const total = row.reduce((sum, value) => sum + value, 0);
  const share = total === 0 ? 0 : count / total;
  const colour = x === y ? colours.tint("machine", 0.1 + 0.6 * share) : colours.tint("accent", Math.min(0.85, share * 3));
  return {
    value: [x, y, count],
    itemStyle: { color: colour, borderColor: colours.paper, borderWidth: 2 },
    label: { color: count === 0 ? colours.quiet : textOn(colour, colours) },
  };
}

function tip(data: MatrixData, [x, y, count]: number[]): string {
  const total = data.counts[y].reduce((sum, value) => sum + value, 0);
  const share = total === 0 ? "" : `, ${words(count / total, true)} of ${words(total)}`;
  return `People: ${data.labels[y]}\nModel: ${data.labels[x]}\n${words(count)} ${data.unit ?? "items"}${share}`;
}
