// A grid of numbers, each a shade.
// In comes a picture of the kind `heat`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.heat`: how it is drawn, and the table behind it.

kinds.heat = {
  /** The row that is clicked. */
  named: (p, { value }) => p.rows[value[1]],
  draw(p, unit, width) {
    const c = colours();
    const room = names(p.rows, width);
    const cell = (width - room) / Math.max(p.columns.length, 1);
    const all = p.values.flat().filter((value) => value !== null);
    const top = unit === "%" ? 1 : Math.max(...all, 1e-9);
    const low = unit === "%" ? 0 : Math.min(...all, 0);
    const share = (value) => (value - low) / (top - low || 1);
    const cells = p.values.flatMap((row, y) =>
      row.map((value, x) => {
        if (value === null) return { value: [x, y, low], empty: true, itemStyle: { color: "transparent" }, label: { color: c.soft } };
        const colour = between(c[p.scale], share(value));
        return { value: [x, y, value], itemStyle: { color: `rgb(${colour.join(",")})` }, label: { color: readable(colour) } };
      }),
    );
    const head = cell < 64 ? 30 : 26;
    return {
      height: head + 8 + p.rows.length * 24,
      option: {
        grid: { left: room, right: 2, top: head, bottom: 4 },
        xAxis: category(p.columns, { position: "top", axisLine: { show: false }, axisLabel: { interval: 0, hideOverlap: false, width: cell - 4, overflow: "truncate", fontSize: cell < 40 ? 10 : 12 } }),
        yAxis: category(p.rows, { inverse: true, axisLine: { show: false }, axisLabel: rowLabel(room) }),
        visualMap: { show: false, min: low, max: top, dimension: 2 },
        series: [{
          type: "heatmap",
          data: cells,
          label: { show: cell > 30, fontSize: cell < 44 ? 10 : 12, formatter: (item) => (item.data.empty ? "–" : shown(item.value[2], unit)) },
          itemStyle: { borderColor: c.card, borderWidth: 1.5 },
          emphasis: { itemStyle: { borderColor: c.ink } },
        }],
        tooltip: {
          formatter: ({ data: { value: [x, y, value], empty } }) => tip(p.rows[y], [[p.columns[x], empty ? "nothing to say" : withUnit(value, unit)]]),
        },
      },
    };
  },
  table: (p, unit) => ({
    head: ["", ...p.columns.map((column) => `${column} (${unit})`)],
    rows: p.rows.map((row, y) => [row, ...p.values[y].map((value) => scaled(value, unit))]),
  }),
};
