// Pictures in plain SVG, each with its numbers in a table beside it.

/** A bar of a share of the widest, with a thin mark where it stood before. */
function bar(value, before, most, label) {
  const share = (v) => (most > 0 ? Math.max(0, Math.min(100, (100 * v) / most)) : 0);
  return el("svg", { class: "bar-picture", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": label },
    el("rect", { class: "track", x: 0, y: 0, width: 100, height: 10 }),
    el("rect", { class: "fill", x: 0, y: 0, width: share(value), height: 10 }),
    before === null || before === undefined ? null : el("rect", { class: "mark", x: Math.min(99.2, share(before)), y: 0, width: 0.8, height: 10 }));
}

/** Round steps for an axis. */
function ticks(low, high, many) {
  const raw = (high - low) / many || 1;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * size).find((s) => s >= raw);
  const all = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + 1e-9 * step; at += step) all.push(Number(at.toPrecision(12)));
  return all;
}

/** A curve through points, with axes in words. */
function curve({ points, across, upward, label, mark, go }) {
  const [width, height, left, bottom, top, right] = [720, 320, 64, 44, 14, 16];
  const xs = points.map((p) => p.x);
  const [x0, x1, y1] = [Math.min(...xs), Math.max(...xs), Math.max(...points.map((p) => p.y), 1e-9) * 1.05];
  const x = (v) => left + ((v - x0) / (x1 - x0 || 1)) * (width - left - right);
  const y = (v) => height - bottom - (v / y1) * (height - bottom - top);
  const path = points.map((p, n) => `${n ? "L" : "M"}${x(p.x).toFixed(1)},${y(p.y).toFixed(1)}`).join("");
  return el("svg", { class: "curve", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    ticks(0, y1, 5).map((v) => el("g", { class: "grid" }, el("line", { x1: left, x2: width - right, y1: y(v), y2: y(v) }), el("text", { x: left - 8, y: y(v) + 4, "text-anchor": "end" }, number(v)))),
    ticks(x0, x1, 6).map((v) => el("g", { class: "grid" }, el("text", { x: x(v), y: height - bottom + 18, "text-anchor": "middle" }, number(v)))),
    el("text", { class: "axis", x: width - right, y: height - 6, "text-anchor": "end" }, across),
    el("text", { class: "axis", x: left, y: top - 2 }, upward),
    mark === undefined ? null : el("line", { class: "now", x1: x(mark), x2: x(mark), y1: y(0), y2: top + 4 }),
    el("path", { class: "line", d: path }),
    points.map((p) => el("circle", { class: go ? "choice" : null, cx: x(p.x), cy: y(p.y), r: go ? 6 : 3.5, on: go ? { click: () => go(p) } : {} }, el("title", {}, `${across}: ${number(p.x)}; ${upward}: ${number(p.y)}`))));
}

/** A cell whose colour says the share, from bad to good, in eight steps. */
const shareClass = (value) => (value === null || value === undefined ? "none" : value >= 0.9995 ? "full" : `step-${Math.min(6, Math.floor(value * 7))}`);

function table(caption, head, rows, className = "") {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: className }, el("caption", {}, el("span", {}, caption)), el("thead", {}, el("tr", {}, ...head.map((cell) => el("th", { scope: "col" }, cell)))), el("tbody", {}, ...rows)));
}
