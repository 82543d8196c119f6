// Charts with all that stands around them: views to pick, a slider, downloads, the numbers as a table.
// In comes a chart of the data. Out go `figure`, its element; `figures`, all that are on the page; and `draw` and
// `redraw`. A chart is drawn when it comes near the screen.

const figures = [];
let count = 0;
const watcher = "IntersectionObserver" in window
  ? new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const drawn = figures.find((one) => one.host === entry.target);
        if (entry.isIntersecting && drawn) draw(drawn);
      }
    }, { rootMargin: "300px" })
  : null;

const unitOf = ({ chart, view }) => chart.views[view].unit ?? chart.unit;

/** How wide a chart is on a printed page. */
const paper = 690;

function draw(drawn) {
  const picture = drawn.chart.views[drawn.view];
  const kind = kinds[picture.kind];
  drawn.host.classList.toggle("wide", Boolean(kind.wide));
  if (!drawn.host.clientWidth) return;
  const width = printing ? paper : drawn.host.clientWidth;
  const unit = unitOf(drawn);
  const { option, height } = kind.draw(picture, unit, width, drawn);
  drawn.host.style.height = `${Math.round(height)}px`;
  if (drawn.instance) drawn.instance.dispose();
  drawn.instance = echarts.init(drawn.host, null, { renderer: "svg", width, height: Math.round(height) });
  const shared = base();
  drawn.instance.setOption({ ...shared, ...option, tooltip: { ...shared.tooltip, ...option.tooltip } });
  const named = kinds[picture.kind].named;
  if (named) {
    drawn.instance.on("click", (params) => {
      const name = named(picture, params);
      const address = leads(Object.hasOwn(drawn.explained, name) ? drawn.explained[name] : null);
      if (address) window.location.hash = address;
    });
  }
  drawn.width = width;
  drawn.host.dataset.drawn = picture.kind;
}

const redraw = () => figures.filter((one) => one.instance).forEach(draw);

function picker(drawn, change) {
  const { views } = drawn.chart;
  if (views.length < 2) return null;
  const groups = new Map();
  views.forEach((view, n) => {
    if (!groups.has(view.group)) groups.set(view.group, []);
    groups.get(view.group).push(el("option", { value: n }, view.name));
  });
  const options = [...groups].map(([group, list]) => (group ? el("optgroup", { label: group }, ...list) : list)).flat();
  const select = el("select", { on: { change: () => change(Number(select.value)) } }, ...options);
  select.value = drawn.view;
  return el("label", {}, "Show", select);
}

/** The slider of a curve: it moves the marker and says where it stands. */
function slider(drawn) {
  const p = drawn.chart.views[drawn.view];
  if (p.kind !== "curve" || !p.points.length) return null;
  const [from, to] = [p.points[0].x, p.points[p.points.length - 1].x];
  drawn.marker = p.marker ?? from;
  const output = el("output", {});
  const say = () => {
    const { y, detail } = along(p, drawn.marker);
    output.textContent = `${p.across}: ${number(drawn.marker)}; ${p.height}: ${withUnit(y, unitOf(drawn))}. ${detail}`;
  };
  const input = el("input", {
    type: "range", min: from, max: to, step: (to - from) / 400 || 1, value: drawn.marker, "aria-label": p.across,
    on: {
      input() {
        drawn.marker = Number(input.value);
        say();
        if (drawn.instance) draw(drawn);
      },
    },
  });
  say();
  return el("div", { class: "slider" }, input, output);
}

/** The colours of the kinds of nodes of a flow. */
function groups(drawn) {
  const p = drawn.chart.views[drawn.view];
  if (p.kind !== "flow") return null;
  const kind = (name, n) => {
    const dot = el("span", { "aria-hidden": "true" }, "■ ");
    dot.style.color = `var(--series-${n})`;
    return el("li", {}, dot, name);
  };
  return el("ul", { class: "kinds" }, ...[...new Set(p.nodes.map((node) => node.group))].map(kind));
}

/** A chart; of its views that which belongs to a holder is shown first, if one is looked at. */
function figure(chart, explained = {}, holder = null) {
  const id = `chart-${count += 1}`;
  const host = el("div", { class: "host", role: "img" });
  const own = holder === null ? 0 : chart.views.findIndex((view) => view.name === holder || view.group === holder);
  const drawn = { chart, view: Math.max(own, 0), host, instance: null, marker: 0, explained };
  const unit = el("span", { class: "unit" });
  const note = el("p", { class: "note" }, `${chart.note} `, unit);
  const behind = el("details", {}, el("summary", {}, "The numbers as a table"));
  const extra = el("div", {});
  const table = () => kinds[chart.views[drawn.view].kind].table(chart.views[drawn.view], unitOf(drawn));
  const fill = () => {
    behind.querySelector("summary ~ *")?.remove();
    if (behind.open) behind.append(tableOf(table(), explained, chart.title));
  };
  const show = () => {
    const words = unitOf(drawn);
    unit.textContent = words ? `Unit: ${words}.` : "";
    host.setAttribute("aria-label", `${chart.title}. ${chart.views[drawn.view].name}. ${chart.note} ${unit.textContent} The table below holds the numbers.`);
    extra.replaceChildren(...[slider(drawn), groups(drawn)].filter(Boolean));
    fill();
  };
  const file = (ending) => {
    const view = chart.views[drawn.view].name;
    return `${slug([data.title, chart.title, view].filter(Boolean).join(" "))}.${ending}`;
  };
  const choose = picker(drawn, (view) => {
    drawn.view = view;
    show();
    draw(drawn);
  });
  const downloads = el("span", { class: "downloads" },
    el("button", { type: "button", "aria-label": `Download ${chart.title} as SVG`, on: { click() { if (!drawn.instance) draw(drawn); save(file("svg"), "image/svg+xml", svg(drawn)); } } }, "↓ SVG"),
    el("button", { type: "button", "aria-label": `Download ${chart.title} as CSV`, on: { click: () => save(file("csv"), "text/csv", csv(table())) } }, "↓ CSV"),
  );
  behind.addEventListener("toggle", fill);
  figures.push(drawn);
  show();
  watcher?.observe(host);
  return el("figure", { id, "aria-labelledby": `${id}-title` },
    el("h3", { id: `${id}-title` }, chart.title), note,
    el("div", { class: "bar" }, choose, downloads), extra,
    el("div", { class: "scroll" }, host), behind);
}
