// Bars by category, upright or on their side, side by side or stacked.
// In comes a picture of the kind `bars`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.bars`: how it is drawn, and the table behind it.

kinds.bars = {
  /** The category that is clicked. */
  named: (p, { dataIndex }) => p.categories[dataIndex],
  draw(p, unit, width) {
    const c = colours();
    const head = legend(p.series.map((one) => one.name), width);
    const room = p.across ? names(p.categories, width) : 0;
    const total = (k) => p.series.reduce((sum, one) => sum + (one.values[k] || 0), 0);
    const series = p.series.map((one, n) => ({
      type: "bar", name: one.name, data: one.values, stack: p.stacked ? "all" : undefined, barMaxWidth: 26,
      itemStyle: { color: c.series[n % c.series.length] },
      label: { show: !p.stacked && p.series.length === 1, position: p.across ? "right" : "top", color: c.ink, formatter: ({ value }) => shown(value, unit) },
    }));
    if (p.stacked) {
      series.push({
        type: "bar", name: "", data: p.categories.map(() => 0), stack: "all", silent: true,
        label: { show: true, position: p.across ? "right" : "top", color: c.ink, formatter: ({ dataIndex }) => shown(total(dataIndex), unit) },
      });
    }
    const most = Math.max(...p.categories.map((_, k) => (p.stacked ? total(k) : Math.max(...p.series.map((one) => one.values[k] || 0)))), 0);
    const far = 8 * withUnit(most, unit === "%" ? unit : "").length;
    const rows = p.stacked ? 27 : 12 + 20 * p.series.length;
    const axis = values(unit, p.across ? { splitNumber: width < 560 ? 2 : 5 } : {});
    const labels = category(p.categories, p.across ? { inverse: true, axisLabel: rowLabel(room) } : { axisLabel: { interval: 0, width: (width - 60) / p.categories.length - 6, overflow: "break" } });
    return {
      height: head.height + (p.across ? 34 + rows * p.categories.length : 320),
      option: {
        legend: head.option,
        grid: p.across ? { left: room, right: far + 14, top: head.height + 6, bottom: 28 } : { left: 8, right: 8, top: head.height + 20, bottom: 6, containLabel: true },
        xAxis: p.across ? axis : labels,
        yAxis: p.across ? labels : axis,
        series,
        tooltip: {
          trigger: "axis",
          axisPointer: { type: "shadow" },
          formatter(items) {
            const k = items.length ? items[0].dataIndex : 0;
            const rows = p.series.map((one, n) => [one.name, withUnit(one.values[k], unit), c.series[n % c.series.length]]);
            return tip(p.categories[k], rows, p.details[k]);
          },
        },
      },
    };
  },
  table: (p, unit) => ({
    head: ["", ...p.series.map((one) => `${one.name} (${unit})`), ...(p.details.length ? ["in words"] : [])],
    rows: p.categories.map((name, k) => [name, ...p.series.map((one) => scaled(one.values[k], unit)), ...(p.details.length ? [p.details[k]] : [])]),
  }),
};
