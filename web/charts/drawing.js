// Bars, beside or on each other, in the colours of the page. Loaded only by a page that shows a chart.

import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const COLOURS = {
  delivered: "--money-delivered",
  delivered_tiyn: "--money-delivered",
  paid: "--money-paid",
  paid_tiyn: "--money-paid",
  held: "--money-held",
  received: "--money-received",
  received_tiyn: "--money-received",
};
const OTHERS = ["--money-delivered", "--money-paid", "--money-held", "--group-6-line", "--group-3-line"];
const UP_TO = 12;
const tongue = () => (document.documentElement.lang === "en" ? "en" : "ru");
const drawn = [];

/** A colour of the page as the canvas understands it, light-dark() already decided. */
function colour(name) {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${name})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function short(value) {
  const text = new Intl.NumberFormat(tongue(), { notation: "compact", maximumFractionDigits: 1 });
  return text.format(value);
}

function said(value, kind) {
  if (value === null || value === undefined) return "—";
  const text = new Intl.NumberFormat(tongue(), { maximumFractionDigits: 1 }).format(value);
  if (kind === "tenge") return `${text} ₸`;
  return kind === "share" ? `${text} %` : text;
}

function options(place, { names, series }) {
  const [ink, quiet, line] = [colour("--ink"), colour("--ink-2"), colour("--hairline")];
  const lying = names.length > UP_TO || names.some((name) => name.length > 14);
  const wide = place.clientWidth > 560;
  const text = { color: quiet, fontFamily: "Golos Text Variable, Golos Text, sans-serif", fontSize: 13 };
  const cut = lying && !wide ? { width: 130, overflow: "break", fontSize: 11, lineHeight: 13 } : {};
  const keys = { type: "category", data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: line } } };
  const values = { type: "value", splitLine: { lineStyle: { color: line } }, splitNumber: wide ? 5 : 3 };
  keys.axisLabel = { ...text, ...cut, hideOverlap: !lying };
  values.axisLabel = { ...text, formatter: short };
  if (lying) keys.inverse = true;
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: place.dataset.label } },
    textStyle: text,
    grid: { left: 8, right: 24, top: 44, bottom: 8, containLabel: true },
    legend: { show: series.length > 1, top: 0, left: 0, textStyle: { ...text, color: ink }, icon: "rect", itemWidth: 12, itemHeight: 12 },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    xAxis: lying ? values : keys,
    yAxis: lying ? keys : values,
    series: series.map((one, at) => ({
      type: "bar",
      name: one.name,
      data: one.values,
      barMaxWidth: 36,
      stack: place.dataset.chart === "stack" ? "all" : undefined,
      itemStyle: { color: colour(COLOURS[one.drawn] ?? OTHERS[at % OTHERS.length]) },
      tooltip: { valueFormatter: (value) => said(value, one.kind) },
    })),
  };
}

/** Puts the chart into its place, high enough for its names; it follows the width and the theme of the page. */
export function chart(place, table) {
  const lying = table.names.length > UP_TO || table.names.some((name) => name.length > 14);
  const each = place.clientWidth < 560 ? 62 : place.dataset.chart === "stack" ? 34 : 18 * table.series.length + 18;
  if (lying) place.style.height = `${Math.max(240, table.names.length * each + 90)}px`;
  const made = init(place, null, { renderer: "canvas" });
  const paint = () => made.setOption(options(place, table), true);
  paint();
  place.setAttribute("role", "img");
  drawn.push(paint);
  new ResizeObserver(() => {
    made.resize();
    paint();
  }).observe(place);
}

const again = () => drawn.forEach((paint) => paint());
new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
