// Causes and their causes, as bars under one another.
// In comes a picture of the kind `tree`, as `report::page` has it, with its unit and the width there is. Out goes
// `kinds.tree`: how it is drawn, and the table behind it.

/** The nodes of a tree, each before what lies behind it, with how far in it stands. */
function listed(branch, depth = 0) {
  return [{ branch, depth }, ...branch.children.flatMap((child) => listed(child, depth + 1))];
}

kinds.tree = {
  wide: true,
  draw(p, unit, width) {
    const c = colours();
    const nodes = listed(p.root);
    // The number stands before the name: on a phone the bars are to the right of what is seen first.
    const number = ({ value }) => (value === null ? "" : `${shown(value, unit)}: `);
    const words = nodes.map(({ branch, depth }) => `${"\u2003".repeat(depth)}${depth ? "└ " : ""}${number(branch)}${branch.name}`);
    const room = Math.round(Math.min(Math.max(...words.map((word) => word.length)) * 7.3 + 20, width * 0.62));
    const bar = ({ branch: { value } }) => ({ value: Math.abs(value ?? 0), itemStyle: { color: (value ?? 0) < 0 ? c.series[1] : c.series[0] } });
    return {
      height: 16 + 25 * nodes.length,
      option: {
        grid: { left: room, right: 12, top: 6, bottom: 6 },
        xAxis: { type: "value", show: false },
        yAxis: category(words, { inverse: true, axisLine: { show: false }, axisLabel: { ...rowLabel(room), align: "left", margin: room - 2 } }),
        series: [{
          type: "bar", data: nodes.map(bar), barMaxWidth: 15,
        }],
        tooltip: {
          trigger: "axis",
          axisPointer: { type: "shadow" },
          formatter(items) {
            const { branch } = nodes[items[0].dataIndex];
            return tip(branch.name, branch.value === null ? [] : [["", withUnit(branch.value, unit)]], branch.detail);
          },
        },
      },
    };
  },
  table: (p, unit) => ({
    head: ["depth", "cause", `weight (${unit})`, "in words"],
    rows: listed(p.root).map(({ branch, depth }) => [depth, branch.name, scaled(branch.value, unit), branch.detail]),
  }),
};
