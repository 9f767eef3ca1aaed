// Outline of Kazakhstan as one SVG path, from the public-domain Natural Earth shapes in `world-atlas`.
// Projection: equirectangular at 48° N. `src/demeu/portal/ui/regions.py` places the bubbles with the same four numbers.

import { createRequire } from "node:module";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const KAZAKHSTAN = "398";
const WEST_DEG = 46.2;
const NORTH_DEG = 55.8;
const SCALE_PX = 36;
const SQUEEZE = Math.cos((48 * Math.PI) / 180);

const project = ([lon, lat]) => [
  ((lon - WEST_DEG) * SQUEEZE * SCALE_PX).toFixed(0),
  ((NORTH_DEG - lat) * SCALE_PX).toFixed(0),
];

function ringPath(ring) {
  const points = ring.map(project).map((point) => point.join(" "));
  const distinct = points.filter((point, i) => point !== points[i - 1]);
  return `M${distinct.join("L")}Z`;
}

export function outlineSymbol() {
  const atlas = require("world-atlas/countries-50m.json");
  const country = feature(atlas, atlas.objects.countries).features.find((shape) => shape.id === KAZAKHSTAN);
  const { type, coordinates } = country.geometry;
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  const d = polygons.map((polygon) => polygon.map(ringPath).join("")).join("");
  return `<symbol id="kazakhstan" viewBox="0 0 1000 560"><path d="${d}" fill="currentColor" fill-rule="evenodd"/></symbol>`;
}
