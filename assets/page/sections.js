// Sections with their charts and tables, and the findings above them.
// In come sections, findings and the brief of the data. Out go `section`, `findings` and `brief`, their elements.

function section(one, prefix, holder = null) {
  const explained = one.explained ?? {};
  const tables = one.tables.map((table) => {
    // A table that no chart stands for is open.
    const few = table.rows.length <= (one.charts.length ? 12 : 60);
    const content = el("details", few ? { open: "" } : {}, el("summary", {}, few ? "The table" : `All ${table.rows.length} rows`));
    const download = el("button", { type: "button", "aria-label": `Download ${table.title} as CSV`, on: { click: () => save(`${slug(`${data.title} ${one.title} ${table.title}`)}.csv`, "text/csv", csv(table)) } }, "↓ CSV");
    const fill = () => {
      if (content.open && content.children.length === 1) content.append(tableOf(table, explained, table.title));
    };
    content.addEventListener("toggle", fill);
    fill();
    return el("div", { class: "table" }, el("div", { class: "bar" }, el("h3", {}, table.title), el("span", { class: "downloads" }, download)), content);
  });
  const text = one.text.map((paragraph) => el("p", {}, paragraph));
  const charts = one.charts.map((chart) => figure(chart, explained, holder));
  return el("section", { id: `${prefix}${slug(one.title)}`, class: one.printed ? "printed" : undefined }, el("h2", {}, one.title), ...text, ...(prefix ? tables : []), ...charts, ...(prefix ? [] : tables));
}

function brief(paragraphs) {
  const said = (line) => line.flatMap((span) => linked(span.text, span.about));
  const told = (one) => [el("h3", {}, one.heading), one.lines.length > 1
    ? el("ul", {}, ...one.lines.map((line) => el("li", {}, ...said(line))))
    : el("p", {}, ...said(one.lines[0]))];
  return el("section", { id: "in-one-screen", class: "brief printed" }, el("h2", {}, "In one screen"), el("div", { class: "told" }, ...paragraphs.flatMap(told)));
}

function findings(list) {
  const card = (finding) => {
    // Sentences up to one that ends in a colon stand alone; what follows it is a list.
    const colon = finding.text.findIndex((sentence) => sentence.endsWith(":"));
    const alone = colon < 0 ? finding.text : finding.text.slice(0, colon + 1);
    const more = colon < 0 ? [] : finding.text.slice(colon + 1);
    return el("div", { class: "finding" },
      el("h2", {}, finding.title), el("p", { class: "figure" }, finding.figure), el("p", { class: "caption" }, finding.caption),
      ...alone.map((sentence) => el("p", { class: "lead" }, sentence)),
      more.length ? el("ul", {}, ...more.map((sentence) => el("li", {}, sentence))) : null);
  };
  return el("div", { class: "findings" }, ...list.map(card));
}
