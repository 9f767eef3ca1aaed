// Draws each chart from the table under it, and only when it comes into view: the library loads then.
//
// <div data-chart="bars|stack" data-table="ID" data-label="…" hidden> · <th data-drawn data-kind> · <td data-value>
// Without scripts the table stands open and nothing is missing.

import "../css/charts.css";

const places = [...document.querySelectorAll("[data-chart]")];
let drawing = null;

async function draw(place) {
  drawing ??= import("../charts/drawing.js");
  const { chart } = await drawing;
  chart(place, read(place));
}

function read(place) {
  const table = document.getElementById(place.dataset.table);
  const heads = [...table.tHead.rows[0].cells];
  const series = heads
    .map((head, at) => ({ at, drawn: head.dataset.drawn, kind: head.dataset.kind, name: head.textContent.trim() }))
    .filter((one) => one.drawn !== undefined);
  const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.apart === undefined);
  const names = rows.map((row) => row.cells[0].textContent.trim());
  const value = (row, at) => (row.cells[at].dataset.value === "" ? null : Number(row.cells[at].dataset.value));
  return { names, series: series.map((one) => ({ ...one, values: rows.map((row) => value(row, one.at)) })) };
}

const watcher = new IntersectionObserver(
  (seen) => {
    for (const one of seen.filter((entry) => entry.isIntersecting)) {
      watcher.unobserve(one.target);
      draw(one.target);
    }
  },
  { rootMargin: "300px" },
);
for (const place of places) {
  place.hidden = false;
  document.getElementById(place.dataset.table).closest("details").open = false;
  watcher.observe(place);
}
