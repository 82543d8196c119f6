// Tasks on a time line.
// In comes a picture of the kind `gantt`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.gantt`: how it is drawn, and the table behind it.

kinds.gantt = {
  /** The task that is clicked. */
  named: (p, { value }) => p.tasks[value[0]].name,
  draw(p, unit, width) {
    const c = colours();
    const count = p.periods.length;
    const year = (label) => label.slice(0, 4);
    const each = Math.max(1, p.periods.filter((label) => year(label) === year(p.periods[0])).length);
    const room = names(p.tasks.map((task) => task.name), width);
    const block = (params, api) => {
      const n = api.value(0);
      const task = p.tasks[n];
      const [x0, y] = api.coord([task.start, n]);
      // What passes lasts through the period in which it is ready.
      const x1 = api.coord([Math.min(task.ready + (task.passes ? 1 : 0), count), n])[0];
      const x2 = api.coord([count, n])[0];
      const high = 14;
      const clip = (x, width) => echarts.graphic.clipRectByRect({ x, y: y - high / 2, width, height: high }, params.coordSys);
      const part = (x, width, style) => {
        const shape = clip(x, width);
        return shape && { type: "rect", shape, style };
      };
      const children = [
        part(x0, x1 - x0, { fill: c.series[1], opacity: 0.45 }),
        task.passes ? null : part(x1, x2 - x1, { fill: c.series[0], opacity: 0.3 + 0.7 * Math.min(task.share, 1) }),
      ].filter(Boolean);
      if (task.passes) return { type: "group", children };
      const text = { type: "text", style: { text: percent(task.share), x: x2 - 4, y, align: "right", verticalAlign: "middle", fill: task.share > 0.45 && task.ready < count ? "#ffffff" : c.ink, font: `11px ${font}` } };
      return { type: "group", children: [...children, text] };
    };
    return {
      height: 34 + 22 * p.tasks.length,
      option: {
        grid: { left: room, right: 14, top: 24, bottom: 6 },
        xAxis: values("", { min: 0, max: count, interval: each, position: "top", axisLabel: { formatter: (value) => (value < count ? (each > 1 ? year(p.periods[value] || "") : p.periods[value]) : ""), align: "left", color: c.ink } }),
        yAxis: category(p.tasks.map((task) => task.name), { inverse: true, axisLabel: rowLabel(room) }),
        series: [{ type: "custom", renderItem: block, encode: { x: [1, 2], y: 0 }, data: p.tasks.map((task, n) => [n, task.start, count]) }],
        tooltip: {
          formatter({ value: [n] }) {
            const task = p.tasks[n];
            return tip(task.name, [["ordered", p.periods[task.start]], [task.passes ? "delivered by" : "opens", p.periods[task.ready] || "after the end"]], task.detail);
          },
        },
      },
    };
  },
  table: (p) => ({
    head: ["", "ordered", p.tasks.some((task) => task.passes) ? "opens or delivered by" : "opens", "share of option (%)", "in words"],
    rows: p.tasks.map((task) => [task.name, p.periods[task.start], p.periods[task.ready] || "after the end", task.passes ? null : Math.round(task.share * 1e4) / 100, task.detail]),
  }),
};
