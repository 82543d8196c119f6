// A map: land, what goes from one place to another, places.
// In comes a picture of the kind `map`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.map`: how it is drawn, and the table behind it.

kinds.map = {
  draw(p, unit, width) {
    const c = colours();
    const [wide, high] = p.size;
    // On paper a map leaves room for what follows it.
    const scale = (printing ? 0.6 : 1) * width / wide;
    const aside = (width - wide * scale) / 2;
    const on = (x, y) => [x * scale + aside, y * scale + 26];
    const corners = (flat) => Array.from({ length: flat.length / 2 }, (_, n) => on(flat[2 * n], flat[2 * n + 1]));
    const most = Math.max(...p.links.map((link) => link.value), 1e-9);
    const largest = Math.max(...p.places.map((place) => Math.max(place.sends, place.arrives)), 1e-9);
    const radius = (value) => (width < 560 ? 11 : 17) * Math.sqrt(Math.max(value, 0) / largest);
    const land = () => ({ type: "group", children: p.outlines.map((outline) => ({ type: "polygon", shape: { points: corners(outline) }, style: { fill: theme() === "dark" ? "#242c38" : "#f1efe8", stroke: c.rule, lineWidth: 0.8 } })) });
    const way = (params) => {
      const link = p.links[params.dataIndex];
      const [[x1, y1], [x2, y2]] = [link.from, link.to].map((n) => on(...p.places[n].at));
      // A little to one side, so that ways there and back are two.
      const [cpx1, cpy1] = [(x1 + x2) / 2 - (y2 - y1) * 0.15, (y1 + y2) / 2 + (x2 - x1) * 0.15];
      return { type: "bezierCurve", shape: { x1, y1, x2, y2, cpx1, cpy1 }, style: { fill: "none", stroke: c.series[0], opacity: 0.45, lineWidth: Math.max(0.7, 11 * link.value / most) } };
    };
    const byWeight = p.places.map((_, n) => n).sort((a, b) => p.places[b].sends + p.places[b].arrives - p.places[a].sends - p.places[a].arrives);
    const named = new Set(byWeight.slice(0, width < 560 ? 9 : 22));
    const place = (params) => {
      const one = p.places[params.dataIndex];
      const [cx, cy] = on(...one.at);
      const disc = (value, fill) => ({ type: "circle", shape: { cx, cy, r: Math.max(radius(value), 1.5) }, style: { fill, opacity: value > 0 ? 0.75 : 0, stroke: c.card } });
      const end = cx > width - 110;
      const text = { type: "text", style: { text: `${one.name}${one.outside ? " ↗" : ""}`, x: cx + (end ? -7 : 7), y: cy - 8, align: end ? "right" : "left", verticalAlign: "middle", fill: c.ink, stroke: c.card, lineWidth: 2.5, font: `11px ${font}` } };
      return { type: "group", children: [disc(one.arrives, c.series[1]), disc(one.sends, c.series[0]), ...(named.has(params.dataIndex) ? [text] : [])] };
    };
    const custom = (name, colour, data, renderItem, more = {}) => ({ type: "custom", coordinateSystem: "none", name, itemStyle: { color: colour }, data, renderItem, ...more });
    return {
      height: high * scale + 34,
      option: {
        legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, icon: "roundRect", selectedMode: false, textStyle: { color: c.ink, fontSize: 12 }, data: ["sends", "gets"] },
        series: [
          custom("land", c.rule, [0], land, { silent: true, tooltip: { show: false } }),
          custom("flows", c.series[0], p.links.slice(0, p.drawn).map((link) => link.value), way),
          custom("sends", c.series[0], p.places.map((one) => one.sends), place),
          custom("gets", c.series[1], [], () => null),
        ],
        tooltip: {
          formatter({ seriesName, dataIndex }) {
            if (seriesName === "flows") {
              const link = p.links[dataIndex];
              return tip(`${p.places[link.from].name} → ${p.places[link.to].name}`, [["goods", withUnit(link.value, unit)]]);
            }
            const one = p.places[dataIndex];
            return tip(one.name, [["sends", withUnit(one.sends, unit), c.series[0]], ["gets", withUnit(one.arrives, unit), c.series[1]]], one.outside ? "Outside the map, in this direction." : "");
          },
        },
      },
    };
  },
  table: (p, unit) => ({
    head: ["from", "to", `goods (${unit})`],
    rows: [
      ...p.links.map((link) => [p.places[link.from].name, p.places[link.to].name, link.value]),
      ...p.places.map((one) => [one.name, "sends in all", one.sends]),
      ...p.places.map((one) => [one.name, "gets in all", one.arrives]),
    ],
  }),
};
