/** The parts of ECharts that our charts use; importing less keeps the entry point small. */
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts.js";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components.js";
import { init, use, type Chart } from "echarts/core.js";
import { CanvasRenderer } from "echarts/renderers.js";

use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export { init };
export type { Chart };
