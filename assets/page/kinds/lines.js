// Values by step: lines, areas, steps, bars, and bands behind them.
// In comes a picture of the kind `lines`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.lines`: how it is drawn, and the table behind it.

kinds.lines = {
  /** The series that is clicked. */
  named: (p, { seriesName }) => seriesName,
  draw(p, unit, width) {
    const c = colours();
    const marks = {
      bar: () => ({ type: "bar", stack: "bars", barMaxWidth: 46 }),
      area: () => ({ type: "line", stack: "areas", areaStyle: { opacity: 0.35 }, symbol: "none" }),
      line: () => ({ type: "line", symbolSize: 7, lineStyle: { width: 2.5 } }),
      step: () => ({ type: "line", step: "middle", symbol: "none", lineStyle: { width: 2, color: c.ink }, itemStyle: { color: c.ink } }),
      limit: () => ({ type: "line", step: "middle", symbol: "none", lineStyle: { width: 2, type: "dashed", color: c.mark }, itemStyle: { color: c.mark } }),
    };
    const bands = p.bands.flatMap((band, n) => {
      const under = { type: "line", stack: `band ${n}`, symbol: "none", lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false } };
      return [
        { ...under, name: `${band.name} (low)`, data: band.low },
        { ...under, name: band.name, data: band.high.map((high, k) => high - band.low[k]), areaStyle: { color: c.series[0], opacity: 0.16 + 0.1 * n }, itemStyle: { color: c.series[0], opacity: 0.4 } },
      ];
    });
    const single = p.steps.length === 1;
    const series = p.series.map((one, n) => ({ ...marks[one.mark](), name: one.name, data: one.values, ...(one.mark === "step" || one.mark === "limit" ? {} : { itemStyle: { color: c.series[n % c.series.length] } }), ...(single && one.mark !== "bar" ? { symbol: "rect", symbolSize: [26, 4] } : {}) }));
    const head = legend([...p.bands.map((band) => band.name), ...p.series.map((one) => one.name)], width);
    return {
      height: head.height + 300,
      option: {
        legend: head.option,
        grid: { left: 8, right: 12, top: head.height + 14, bottom: 6, containLabel: true },
        xAxis: category(p.steps),
        // Bands are about how wide they are: their axis need not begin at nothing.
        yAxis: values(unit, p.bands.length ? { scale: true } : {}),
        series: [...bands, ...series],
        tooltip: {
          trigger: "axis",
          axisPointer: { type: "shadow" },
          formatter(items) {
            const k = items.length ? items[0].dataIndex : 0;
            const rows = p.series
              .map((one, n) => [one.name, withUnit(one.values[k], unit), one.mark === "limit" ? c.mark : one.mark === "step" ? c.ink : c.series[n % c.series.length], one.values[k], one.mark])
              .filter((row) => row[3] !== null && (row[3] !== 0 || row[4] !== "bar"));
            for (const band of p.bands) rows.push([band.name, `${number(band.low[k])} to ${withUnit(band.high[k], unit)}`]);
            const stacked = p.series.filter((one) => one.mark === "bar");
            if (stacked.length > 1) rows.push(["in all", withUnit(stacked.reduce((sum, one) => sum + (one.values[k] || 0), 0), unit)]);
            return tip(p.steps[k], rows.length ? rows : [["nothing", ""]]);
          },
        },
      },
    };
  },
  table: (p, unit) => ({
    head: ["", ...p.series.map((one) => `${one.name} (${unit})`), ...p.bands.flatMap((band) => [`${band.name}: low (${unit})`, `${band.name}: high (${unit})`])],
    rows: p.steps.map((step, k) => [step, ...p.series.map((one) => scaled(one.values[k], unit)), ...p.bands.flatMap((band) => [band.low[k], band.high[k]])]),
  }),
};
