// What charts share: tooltips, axes, legends, the room for names.
// In come colours and numbers. Out go pieces of the options that ECharts takes, `scaled` for the tables behind charts,
// and `kinds`, into which each kind of picture puts itself.

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif';

/** A tooltip: a heading, lines of name and value, and a sentence. */
function tip(heading, rows = [], sentence = "") {
  const line = ([name, value, colour]) => {
    const label = el("span", {}, name);
    if (colour) {
      const dot = el("span", {}, "■ ");
      dot.style.color = colour;
      label.prepend(dot);
    }
    return el("span", { class: "row" }, label, el("span", {}, value));
  };
  return el("div", { class: "tip" }, heading ? el("b", {}, heading) : null, ...rows.map(line), sentence ? el("span", {}, sentence) : null);
}

function base() {
  const c = colours();
  return {
    animation: false,
    backgroundColor: c.card,
    color: c.series,
    textStyle: { fontFamily: font, color: c.ink },
    tooltip: {
      confine: true,
      backgroundColor: c.card,
      borderColor: c.rule,
      textStyle: { color: c.ink },
      extraCssText: "max-width: 24rem; white-space: normal;",
    },
  };
}

function category(names, more = {}) {
  const c = colours();
  return {
    type: "category",
    data: names,
    axisLine: { lineStyle: { color: c.rule } },
    axisTick: { show: false },
    ...more,
    axisLabel: { color: c.ink, fontSize: 12, hideOverlap: true, ...more.axisLabel },
  };
}

function values(unit, more = {}) {
  const c = colours();
  return {
    type: "value",
    splitLine: { lineStyle: { color: c.rule } },
    ...more,
    axisLabel: { color: c.soft, fontSize: 11, hideOverlap: true, formatter: (value) => shown(value, unit), ...more.axisLabel },
  };
}

function legend(names, width) {
  if (names.length < 2) return { option: undefined, height: 0 };
  const lines = Math.ceil(names.reduce((sum, name) => sum + 44 + 7 * Math.min(name.length, 34), 0) / Math.max(width - 20, 200));
  return {
    option: {
      top: 0, left: 0, right: 0, itemGap: 12, itemWidth: 14, itemHeight: 10, icon: "roundRect",
      textStyle: { color: colours().ink, fontSize: 12, width: 230, overflow: "truncate" },
      data: names,
    },
    height: 10 + 24 * lines,
  };
}

/** The room for the names of rows. */
const names = (rows, width) => {
  const longest = Math.max(4, ...rows.map((row) => row.length));
  return Math.round(Math.min(longest * 7.3 + 14, width * (width < 560 ? 0.44 : 0.36)));
};

const rowLabel = (room) => ({ width: room - 12, overflow: "truncate", interval: 0, hideOverlap: false });

/** A number of the table behind a chart: shares in percent. */
const scaled = (value, unit) => (value === null ? null : unit === "%" ? Math.round(value * 1e4) / 100 : value);

/** The kinds of pictures: each has `draw`, which gives an option and a height, and `table`. */
const kinds = {};
