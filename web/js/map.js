// "Near me" on the map's list: the browser asks for the place, sorts the rows and forgets it. Nothing is sent.
//
// <button data-near hidden data-near-table="ID"> · rows with data-lat, data-lon and a cell [data-km] · [data-near-say]

import "../css/map.css";

const EARTH_KM = 6371;
const rad = (degrees) => (degrees * Math.PI) / 180;

function apart(one, other) {
  const [lat, lon] = [rad(other.lat - one.lat), rad(other.lon - one.lon)];
  const a = Math.sin(lat / 2) ** 2 + Math.cos(rad(one.lat)) * Math.cos(rad(other.lat)) * Math.sin(lon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(a));
}

function sort(table, here) {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => {
    const { lat, lon } = row.dataset;
    return { row, km: lat === undefined ? Infinity : apart(here, { lat: Number(lat), lon: Number(lon) }) };
  });
  rows.sort((one, other) => one.km - other.km);
  for (const { row, km } of rows) {
    const cell = row.querySelector("[data-km]");
    if (cell && km !== Infinity) cell.textContent = `≈ ${Math.round(km / 10) * 10} ${table.dataset.unit}`;
    body.append(row);
  }
  for (const part of table.querySelectorAll("[data-km]")) part.hidden = false;
}

for (const button of document.querySelectorAll("[data-near]")) {
  if (!navigator.geolocation) continue;
  const table = document.getElementById(button.dataset.nearTable);
  const say = document.querySelector("[data-near-say]");
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        sort(table, { lat: coords.latitude, lon: coords.longitude });
        say.textContent = button.dataset.done;
      },
      () => (say.textContent = button.dataset.failed),
      { enableHighAccuracy: false, maximumAge: 600_000, timeout: 10_000 },
    );
  });
}
