// A piecewise-linear curve with a marker that a slider moves.
// In comes a picture of the kind `curve`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.curve`: how it is drawn, and the table behind it.

/** Where a curve stands at a place along it, and the corner its piece begins at. */
function along(p, x) {
  let n = p.points.findIndex((point) => point.x > x) - 1;
  if (n < 0) n = x < p.points[0].x ? 0 : p.points.length - 1;
  const [a, b] = [p.points[n], p.points[Math.min(n + 1, p.points.length - 1)]];
  const share = b.x > a.x ? (x - a.x) / (b.x - a.x) : 0;
  return { y: a.y + share * (b.y - a.y), detail: a.detail };
}

kinds.curve = {
  draw(p, unit, width, state) {
    const c = colours();
    const x = state.marker;
    return {
      height: 340,
      option: {
        grid: { left: 14, right: 24, top: 16, bottom: 30, containLabel: true },
        xAxis: values("", { name: p.across, nameLocation: "middle", nameGap: 28, nameTextStyle: { color: c.soft }, min: p.points[0].x, max: p.points[p.points.length - 1].x }),
        yAxis: values(unit, { min: 0 }),
        series: [
          { type: "line", data: p.points.map((point) => [point.x, point.y]), symbolSize: 7, lineStyle: { width: 2.5 }, itemStyle: { color: c.series[0] } },
          {
            type: "line", data: [[x, along(p, x).y]], symbol: "circle", symbolSize: 14, itemStyle: { color: c.mark }, silent: true,
            markLine: { symbol: "none", silent: true, label: { show: false }, lineStyle: { color: c.mark, type: "dashed" }, data: [{ xAxis: x }] },
          },
        ],
        tooltip: { formatter: ({ dataIndex }) => tip("", [[p.across, number(p.points[dataIndex].x)], [p.height, withUnit(p.points[dataIndex].y, unit)]], p.points[dataIndex].detail) },
      },
    };
  },
  table: (p, unit) => ({
    head: [p.across, `${p.height} (${unit})`, "from here on"],
    rows: p.points.map((point) => [point.x, scaled(point.y, unit), point.detail]),
  }),
};
