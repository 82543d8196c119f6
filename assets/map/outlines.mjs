// Writes outlines.txt: the outlines of the world's countries, light enough for a page. scripts/map runs it.
//
// A line a country: its two letters (ISO 3166-1), longitude and latitude of the middle of its largest part in degrees,
// then its parts, divided by `|`: the first corner and the steps from each corner to the next, in tenths of a degree.
// Parts smaller than half a degree, and steps of nothing, are left out.
import { readFileSync, writeFileSync } from "node:fs";
import codes from "i18n-iso-countries";

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf8"));
const { scale, translate } = atlas.transform;
const arcs = atlas.arcs.map((arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
});

/** The rings of a geometry, each as the numbers of its arcs; below zero, an arc is gone along backwards. */
const rings = ({ type, arcs: own }) => (type === "Polygon" ? [own[0]] : own.map((part) => part[0]));
const corners = (ring) => ring.flatMap((n) => (n < 0 ? [...arcs[~n]].reverse() : arcs[n]).slice(1));

/** Area and middle of a ring. */
function middle(points) {
  let [area, x, y] = [0, 0, 0];
  points.forEach(([ax, ay], n) => {
    const [bx, by] = points[(n + 1) % points.length];
    const cross = ax * by - bx * ay;
    area += cross / 2;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return { area: Math.abs(area), at: [x / (6 * area), y / (6 * area)] };
}

/** Two rings that share arcs as one. */
function joined(a, b) {
  const shared = (n, other) => other.includes(~n);
  let left = [...a.filter((n) => !shared(n, b)), ...b.filter((n) => !shared(n, a))];
  const end = (n, last) => {
    const arc = arcs[n < 0 ? ~n : n];
    return String(arc[(n < 0) === last ? 0 : arc.length - 1]);
  };
  const ring = [left.shift()];
  while (left.length) {
    const at = end(ring[ring.length - 1], true);
    const next = left.find((n) => end(n, false) === at);
    if (next === undefined) throw new Error("parts that do not join");
    ring.push(next);
    left = left.filter((n) => n !== next);
  }
  return ring;
}

// Three that the standard has no number for: one by the letters in common use, two as parts of the countries that the
// United Nations count them to.
const unnumbered = { Kosovo: "XK", "N. Cyprus": "CY", Somaliland: "SO" };

const countries = new Map();
for (const geometry of atlas.objects.countries.geometries) {
  const code = codes.numericToAlpha2(geometry.id) ?? unnumbered[geometry.properties.name];
  if (!code) throw new Error(`no letters for ${geometry.properties.name}`);
  countries.set(code, [...(countries.get(code) ?? []), ...rings(geometry)]);
}

// Natural Earth draws Crimea as what it is held as; by law it is Ukraine's (United Nations, resolution 68/262).
const crimea = (ring) => {
  const [x, y] = middle(corners(ring)).at;
  return x > 32.5 && x < 36.7 && y > 44.3 && y < 46.3;
};
const held = countries.get("RU").filter(crimea);
countries.set("RU", countries.get("RU").filter((ring) => !crimea(ring)));
for (const part of held) {
  const own = countries.get("UA");
  const mainland = own.find((ring) => ring.some((n) => part.includes(~n)));
  countries.set("UA", mainland ? [...own.filter((ring) => ring !== mainland), joined(mainland, part)] : [...own, part]);
}

const lines = [...countries].sort().map(([code, own]) => {
  const parts = own.map((ring) => {
    const points = corners(ring);
    return { points, ...middle(points) };
  });
  parts.sort((a, b) => b.area - a.area);
  const large = ({ points }, n) => {
    const span = (axis) => Math.max(...points.map((p) => p[axis])) - Math.min(...points.map((p) => p[axis]));
    return n === 0 || Math.max(span(0), span(1)) >= 0.5;
  };
  const steps = ({ points }) => {
    let [x, y] = [0, 0];
    const moves = points.map(([lon, lat]) => {
      const [toX, toY] = [Math.round(10 * lon), Math.round(10 * lat)];
      const step = [toX - x, toY - y];
      [x, y] = [toX, toY];
      return step;
    });
    return moves.filter(([dx, dy], n) => n === 0 || dx || dy).flat().join(" ");
  };
  const at = parts[0].at.map((degrees) => degrees.toFixed(1)).join(" ");
  return `${code} ${at}|${parts.filter(large).map(steps).join("|")}`;
});
writeFileSync("outlines.txt", `${lines.join("\n")}\n`);
