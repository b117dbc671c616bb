/** What all charts share: type, axes, tooltip, legend. */
import type { Palette } from "./palette";

export type Options = Record<string, unknown>;

export function frame(colours: Palette, legend: boolean) {
  return {
    animation: false,
    textStyle: { fontFamily: colours.sans, fontSize: 12, color: colours.ink },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: colours.ink,
      borderWidth: 0,
      padding: [8, 12],
      textStyle: { color: colours.paper, fontFamily: colours.sans, fontSize: 12, lineHeight: 18 },
      axisPointer: { lineStyle: { color: colours.lineStrong, type: "solid" }, label: { show: false } },
    },
    legend: {
      show: legend,
      left: 0,
      top: 0,
      icon: "rect",
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 16,
      textStyle: { color: colours.ink, fontSize: 12 },
    },
  };
}

export function axis(colours: Palette, name?: string) {
  return {
    name,
    nameLocation: name ? "middle" : "end",
    nameGap: name ? 28 : 14,
    nameTextStyle: { color: colours.quiet, fontSize: 12 },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colours.quiet, fontSize: 12 },
    splitLine: { lineStyle: { color: colours.line } },
  };
}
