// The seven motifs, the mark and the shanyrak as SVG symbols.
// Every motif grows from one stroke, the ram's horn (қошқар мүйіз): a stem that rises, bends outward and curls in.

const fixed = (value) => Number(value.toFixed(2));

/** Curl inward from (x, y), where the stroke runs level towards `side` (1 right, -1 left); `down` 1 curls down, -1 up. */
function curl(x, y, radius, side, down = 1) {
  const sweep = side * down > 0 ? 1 : 0;
  const turns = [1, -0.72, 0.46];
  let height = y;
  return turns
    .map((turn) => {
      height += 2 * radius * turn * down;
      const r = fixed(radius * Math.abs(turn));
      return `A${r} ${r} 0 0 ${sweep} ${fixed(x)} ${fixed(height)}`;
    })
    .join("");
}

/** One horn: leaves the stem at (x, y), rises by `rise`, reaches out by `reach`, curls with `radius`. */
function horn(x, y, reach, rise, radius, side, down = 1) {
  const top = y - rise * down;
  const tip = x + side * reach;
  const bend = `C${x} ${fixed(y - rise * 0.65 * down)} ${fixed(x + side * reach * 0.4)} ${fixed(top)} ${fixed(tip)} ${fixed(top)}`;
  return `M${x} ${y}${bend}${curl(tip, top, radius, side, down)}`;
}

const horns = (x, y, reach, rise, radius, down = 1) =>
  horn(x, y, reach, rise, radius, 1, down) + horn(x, y, reach, rise, radius, -1, down);

const path = (d) => `<path d="${d}"/>`;
const ring = (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}"/>`;

const sprout = path(
  "M50 94V32M50 35C39 32 36 20 42 7c5 3 8 7 8 13 0-6 3-10 8-13 6 13 3 25-8 28z" +
    horns(50, 64, 16, 19, 11) +
    "M23 66c6 9 16 9 27 9s21 0 27-9",
);

const wings =
  ring(50, 13, 6) +
  path(
    "M50 19V92M5 26c7 30 26 47 45 47s38-17 45-47M17 18c6 25 19 38 33 38s27-13 33-38M30 10c3 17 11 28 20 28s17-11 20-28" +
      horns(50, 78, 9, 12, 6.5),
  );

const tree = path(
  "M50 3l6 8-6 9-6-9zM50 20V97" + horns(50, 40, 9, 11, 5.2) + horns(50, 60, 13, 14, 6.6) + horns(50, 84, 18, 18, 8.8),
);

const lattice = path(
  "M50 3L97 50 50 97 3 50zM50 17L83 50 50 83 17 50zM50 36V64" + horns(50, 45, 8, 12, 5) + horns(50, 55, 8, 12, 5, -1),
);

const tassels = [14, 32, 50, 68, 86].map((x, i) => {
  const end = [84, 89, 93, 89, 84][i];
  return path(`M${x} 72V${end - 3}`) + ring(x, end, 3);
});
const amulet = path("M50 3L96 72H4zM50 21L79 62H21zM50 62V50" + horns(50, 56, 8, 11, 4.4)) + tassels.join("");

const petal =
  path("M50 40V18" + horns(50, 32, 9, 17, 7.5)) + path("M58 42L80 20") + ring(83, 17, 3);
const rosette =
  ring(50, 50, 9) + [0, 90, 180, 270].map((turn) => `<g transform="rotate(${turn} 50 50)">${petal}</g>`).join("");

const bend = path("M50 52C50 27 58 14 74 14" + curl(74, 14, 14, 1) + "M50 52c2-20 7-31 14-35");
const turn = bend + `<g transform="rotate(180 50 52)">${bend}</g>`;

const motifs = { 1: sprout, 2: wings, 3: tree, 4: lattice, 5: amulet, 6: rosette, 7: turn };

/** Two pairs of bowed bars crossed at 45°, inside a circle of radius `r` about (c, c). */
function bars(c, r, pairs) {
  const bowed = pairs.map(([end, bow]) => {
    const across = fixed(r * Math.cos(Math.asin(end)));
    const line = (sign) =>
      `M${fixed(c - across)} ${fixed(c + sign * r * end)}Q${c} ${fixed(c + sign * r * bow)} ${fixed(c + across)} ${fixed(c + sign * r * end)}`;
    return line(1) + line(-1);
  });
  return [45, -45].map((angle) => `<path transform="rotate(${angle} ${c} ${c})" d="${bowed.join("")}"/>`).join("");
}

function rays(c, count, offset, spans) {
  const lines = Array.from({ length: count }, (_, i) => {
    const angle = ((offset + (360 / count) * i) * Math.PI) / 180;
    const [from, to] = spans[i % spans.length];
    const at = (radius) => `${fixed(c + radius * Math.sin(angle))} ${fixed(c - radius * Math.cos(angle))}`;
    return `M${at(from)}L${at(to)}`;
  });
  return lines.join("");
}

const markBars = [[0.37, 0.62]];

function markStrokes(ringColour, rayColour) {
  return (
    `<g stroke="${ringColour}" stroke-width="4">${ring(50, 50, 31)}<g stroke-width="3">${bars(50, 31, markBars)}</g></g>` +
    `<path stroke="${rayColour}" stroke-width="4" d="${rays(50, 16, 11.25, [[38.5, 46.5]])}"/>`
  );
}

/** The mark with its rays in the colours of the light theme, for pictures that know no stylesheet. */
export const markDrawing = () =>
  `<g fill="none" stroke-linecap="round" stroke-linejoin="round">${markStrokes("#0b5c70", "#e2a72e")}</g>`;

const symbol = (id, size, body, attributes) =>
  `<symbol id="${id}" viewBox="0 0 ${size} ${size}"><g fill="none" stroke-linecap="round" stroke-linejoin="round" ${attributes}>${body}</g></symbol>`;

export function ornamentSymbols() {
  const seven = Object.entries(motifs).map(([number, body]) =>
    symbol(`motif-${number}`, 100, body, 'stroke="currentColor" stroke-width="3"'),
  );
  const mark = markStrokes("var(--mark-ring,#0b5c70)", "var(--mark-ray,#e2a72e)");
  const plain = ring(50, 50, 45) + `<g stroke-width="5">${bars(50, 45, markBars)}</g>`;
  const shanyrak =
    `<circle cx="160" cy="160" r="102" stroke-width="2.4"/><circle cx="160" cy="160" r="90" stroke-width="1"/>` +
    `<g stroke-width="2.2" stroke-linecap="butt">${bars(160, 90, [[0.29, 0.46], [0.49, 0.7]])}</g>` +
    `<path stroke-width="1.6" stroke-linecap="butt" d="${rays(160, 32, 0, [[130, 155], [130, 146]])}"/>`;
  return [
    ...seven,
    symbol("mark", 100, mark, ""),
    symbol("mark-plain", 100, plain, 'stroke="currentColor" stroke-width="7"'),
    symbol("shanyrak", 320, shanyrak, 'stroke="var(--ornament,#dcb25c)"'),
    symbol("horns", 100, path("M50 100V40" + horns(50, 52, 26, 36, 15)), 'stroke="currentColor" stroke-width="1.6"'),
    symbol("yurt", 120, path(yurt), 'stroke="currentColor" stroke-width="1.6"'),
  ].join("");
}

const yurt =
  "M2 104H118M14 104V76H106V104M10 76C18 48 38 34 60 34S102 48 110 76zM48 36c2-5 22-5 24 0M48 104V82H72V104" +
  "M14 84H48M72 84H106M60 76V70" +
  horns(60, 72, 6, 9, 4.2);

/** The frieze that stands on the footer: one row of paired horns between two lines, 56 × 34 px a tile. */
export function friezeTile() {
  const up = "M28 33V24" + horns(28, 25, 10, 12, 5.2);
  const down = "M0 1V10M56 1V10" + horn(0, 9, 10, 12, 5.2, 1, -1) + horn(56, 9, 10, 12, 5.2, -1, -1);
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 56 34" width="56" height="34">' +
    `<path fill="none" stroke="#d9ab4e" stroke-width="1.1" d="M0 .8H56M0 33.2H56${up}${down}"/></svg>`
  );
}

/** The icon of the browser tab: the mark without rays, readable on light and dark. */
export function tabIcon() {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><g fill="none" stroke="#4394a6" stroke-width="8">' +
    `${ring(50, 50, 44)}<g stroke-width="6">${bars(50, 44, [[0.37, 0.62]])}</g></g></svg>`
  );
}
