// What an outcome does when one input at a time moves between its ends.
// In comes a picture of the kind `tornado`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.tornado`: how it is drawn, and the table behind it.

kinds.tornado = {
  draw(p, unit, width) {
    const c = colours();
    const room = names(p.bars.map((bar) => bar.name), width);
    const side = (end, colour) => ({ type: "bar", name: `input at its ${end} end`, data: p.bars.map((bar) => bar[end] - p.base), barGap: "-100%", barMaxWidth: 18, itemStyle: { color: colour } });
    const head = legend(["input at its low end", "input at its high end"], width);
    return {
      height: head.height + 44 + 28 * p.bars.length,
      option: {
        legend: head.option,
        grid: { left: room, right: 24, top: head.height + 8, bottom: 30 },
        xAxis: values(unit, { axisLabel: { formatter: (value) => shown(value + p.base, unit) } }),
        yAxis: category(p.bars.map((bar) => bar.name), { inverse: true, axisLabel: rowLabel(room) }),
        series: [
          { ...side("low", c.series[0]), markLine: { symbol: "none", silent: true, label: { show: false }, lineStyle: { color: c.ink, type: "solid" }, data: [{ xAxis: 0 }] } },
          side("high", c.series[1]),
        ],
        tooltip: {
          trigger: "axis",
          axisPointer: { type: "shadow" },
          formatter(items) {
            const bar = p.bars[items[0].dataIndex];
            return tip(bar.name, [[bar.low_input || "low end", withUnit(bar.low, unit)], [bar.high_input || "high end", withUnit(bar.high, unit)], ["as it is", withUnit(p.base, unit)]]);
          },
        },
      },
    };
  },
  table: (p, unit) => ({
    head: ["input", "low end", `outcome there (${unit})`, "high end", `outcome there (${unit})`, `as it is (${unit})`],
    rows: p.bars.map((bar) => [bar.name, bar.low_input, scaled(bar.low, unit), bar.high_input, scaled(bar.high, unit), scaled(p.base, unit)]),
  }),
};
