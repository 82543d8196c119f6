// Tables as elements, with a filter where they are long.
// In comes a table `{ head, rows }`, and by the names of rows what they are about. Out goes `tableOf`.

function cellOf(value, first, about) {
  if (Array.isArray(value)) {
    const [text, address] = value;
    const link = web(address) ? el("a", { href: address, rel: "noopener noreferrer nofollow", target: "_blank" }, text) : text;
    return el("td", {}, link);
  }
  if (typeof value === "number") return el("td", { class: "number" }, explains(number(value), about));
  return first ? el("th", { scope: "row" }, explains(value || "", value ? about : null)) : el("td", {}, value === null || value === undefined ? "–" : String(value));
}

/** How many tables there are: each has a number, so that no two are called the same. */
let tables = 0;

/** A table, with a filter if it is long. */
function tableOf({ head, rows }, explained, title) {
  const numeric = head.map((_, n) => rows.some((row) => typeof row[n] === "number"));
  const header = el("tr", {}, ...head.map((name, n) => el("th", { scope: "col", class: numeric[n] ? "number" : undefined }, name)));
  // The first column names the row, where there are others.
  const about = (row) => (typeof row[0] === "string" && Object.hasOwn(explained, row[0]) ? explained[row[0]] : null);
  const lines = rows.map((row) => el("tr", {}, ...row.map((value, n) => cellOf(value, n === 0 && head.length > 1 && typeof value === "string", about(row)))));
  const table = el("table", {}, el("thead", {}, header), el("tbody", {}, ...lines));
  const cells = el("div", { class: "cells", tabindex: "0", role: "region", "aria-label": `Table ${tables += 1}: ${title}` }, table);
  if (rows.length <= 20) return cells;
  const words = rows.map((row) => row.map((value) => (Array.isArray(value) ? value[0] : value)).join(" ").toLowerCase());
  const count = el("span", { role: "status" }, `${rows.length} rows`);
  const search = el("input", {
    type: "search", placeholder: "Filter", "aria-label": "Filter the rows",
    on: {
      input() {
        const wanted = search.value.toLowerCase();
        let left = 0;
        lines.forEach((line, n) => {
          line.hidden = !words[n].includes(wanted);
          left += line.hidden ? 0 : 1;
        });
        count.textContent = `${left} of ${rows.length} rows`;
      },
    },
  });
  return el("div", {}, el("div", { class: "filter" }, search, count), cells);
}
