// The app's icons as PNG, rendered from the mark: plain ones, one whose edges a phone may cut (maskable), one for Apple.

import { Resvg } from "@resvg/resvg-js";
import { markDrawing } from "./ornament.js";

const PAGE = "#faf6ee";

/** The mark on the page's colour; `scale` leaves the edge that a round or square mask takes away. */
function square(scale, radius) {
  const edge = 50 * (1 - scale);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="${radius}" fill="${PAGE}"/>` +
    `<g transform="translate(${edge} ${edge}) scale(${scale})">${markDrawing()}</g></svg>`
  );
}

const png = (svg, width) => new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng();

export function appIcons() {
  return {
    "app-192.png": png(square(0.94, 18), 192),
    "app-512.png": png(square(0.94, 18), 512),
    "app-maskable-512.png": png(square(0.72, 0), 512),
    "app-apple-180.png": png(square(0.86, 0), 180),
  };
}
