// Flows between nodes: a Sankey diagram.
// In comes a picture of the kind `flow`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.flow`: how it is drawn, and the table behind it.

/** How many nodes stand in the fullest column of a flow. */
function fullest(p) {
  const depth = p.nodes.map(() => 0);
  for (let round = 0; round < p.nodes.length; round += 1) {
    let moved = false;
    for (const link of p.links) {
      if (depth[link.to] < depth[link.from] + 1) {
        depth[link.to] = depth[link.from] + 1;
        moved = true;
      }
    }
    if (!moved) break;
  }
  const counts = {};
  for (const d of depth) counts[d] = (counts[d] || 0) + 1;
  return Math.max(...Object.values(counts));
}

kinds.flow = {
  wide: true,
  draw(p, unit, width) {
    const c = colours();
    const groups = [...new Set(p.nodes.map((node) => node.group))];
    const colour = (node) => c.series[groups.indexOf(node.group) % c.series.length];
    const through = p.nodes.map((_, n) => {
      const sum = (end) => p.links.filter((link) => link[end] === n).reduce((all, link) => all + link.value, 0);
      return Math.max(sum("from"), sum("to"));
    });
    const label = (n) => {
      const { name } = p.nodes[n];
      const short = name.length > 27 ? `${name.slice(0, 26)}…` : name;
      return p.totals ? `${short}  ${number(through[n])}` : short;
    };
    const height = Math.max(320, 26 * fullest(p)) + 30;
    return {
      height,
      option: {
        series: [{
          type: "sankey",
          left: 4, right: 190, top: 8, bottom: 10,
          nodeWidth: 14, nodeGap: 9, draggable: false, layoutIterations: 48,
          data: p.nodes.map((node, n) => ({ id: `n${n}`, name: `n${n}`, itemStyle: { color: colour(node), borderWidth: 0 } })),
          links: p.links.map((link) => ({ source: `n${link.from}`, target: `n${link.to}`, value: link.value })),
          label: { color: c.ink, fontSize: 12, formatter: ({ name }) => label(Number(name.slice(1))) },
          lineStyle: { color: "source", opacity: theme() === "dark" ? 0.4 : 0.28, curveness: 0.5 },
          emphasis: { focus: "adjacency", lineStyle: { opacity: 0.6 } },
        }],
        tooltip: {
          formatter(item) {
            if (item.dataType === "edge") {
              const link = p.links[item.dataIndex];
              const [from, to] = [p.nodes[link.from], p.nodes[link.to]];
              return tip(`${from.name} → ${to.name}`, [[withUnit(link.value, unit), ""]], link.detail);
            }
            const n = Number(item.name.slice(1));
            return tip(p.nodes[n].name, [[p.nodes[n].group, p.totals ? withUnit(through[n], unit) : ""]]);
          },
        },
      },
    };
  },
  table: (p, unit) => ({
    head: ["from", "kind", "to", "kind", `flow (${unit})`, "in its own unit"],
    rows: p.links.map((link) => [p.nodes[link.from].name, p.nodes[link.from].group, p.nodes[link.to].name, p.nodes[link.to].group, link.value, link.detail]),
  }),
};
