// Files that a reader takes along: a table as CSV, a drawn chart as SVG.
// In come tables `{ head, rows }` and drawn figures. Out go `save`, `csv` and `svg`.

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A table as CSV. A cell that a spreadsheet would take for a formula is preceded by an apostrophe. */
function csv({ head, rows }) {
  const cell = (value) => {
    let text = value === null || value === undefined ? "" : Array.isArray(value) ? value[1] : String(value);
    if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A drawn chart as an SVG file with its heading. */
function svg(drawn) {
  const text = drawn.instance.renderToSVGString({ useViewBox: true });
  const file = new DOMParser().parseFromString(text, "image/svg+xml");
  const space = "http://www.w3.org/2000/svg";
  const picture = file.documentElement;
  const [width, height] = [drawn.host.clientWidth, drawn.host.clientHeight];
  const outer = file.createElementNS(space, "svg");
  outer.setAttribute("viewBox", `0 0 ${width} ${height + 64}`);
  outer.setAttribute("width", width);
  outer.setAttribute("height", height + 64);
  const back = file.createElementNS(space, "rect");
  back.setAttribute("width", "100%");
  back.setAttribute("height", "100%");
  back.setAttribute("fill", colours().card);
  const line = (words, y, size, weight, fill) => {
    const node = file.createElementNS(space, "text");
    for (const [key, value] of Object.entries({ x: 10, y, "font-size": size, "font-weight": weight, "font-family": font, fill })) node.setAttribute(key, value);
    node.textContent = words;
    return node;
  };
  const view = drawn.chart.views[drawn.view];
  const heading = view.name ? `${drawn.chart.title}: ${view.name}` : drawn.chart.title;
  file.removeChild(picture);
  picture.setAttribute("y", 58);
  picture.setAttribute("width", width);
  picture.setAttribute("height", height);
  outer.append(back, line(heading, 24, 17, 700, colours().ink), line(unitOf(drawn) === "%" ? "percent" : unitOf(drawn), 44, 13, 400, colours().soft), picture);
  return new XMLSerializer().serializeToString(outer);
}
