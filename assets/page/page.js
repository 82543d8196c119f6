// Draws the report: reads the data of the page, builds its sections, charts, tables and downloads.
// Text reaches the page as text nodes only. The charts are drawn by Apache ECharts.
(() => {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;

  // ---- small things ---------------------------------------------------------------------------

  /** An element with attributes and children; strings become text nodes. */
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else if (value !== undefined && value !== null) node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
  const three = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

  /** A number with its thousands apart, three digits below a hundred. */
  function number(value) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    return Math.abs(value) >= 99.95 ? plain.format(value) : three.format(value);
  }

  /** A share in percent. */
  function percent(value) {
    if (value === null || value === undefined) return "–";
    const share = value * 100;
    if (share < 0) return `−${percent(-value)}`;
    if (share > 0 && share < 9.95) return `${share < 0.05 ? "0" : share.toFixed(1)} %`;
    // What is not quite all is not shown as all.
    return `${share < 99.95 ? Math.min(Math.round(share), 99) : Math.round(share)} %`;
  }

  const shown = (value, unit) => (unit === "%" ? percent(value) : number(value));
  const withUnit = (value, unit) => (unit === "%" || !unit ? shown(value, unit) : `${number(value)} ${unit}`);
  const slug = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join("-");
  const web = (address) => /^https?:\/\/\S+$/i.test(address);

  // ---- colours --------------------------------------------------------------------------------

  const palettes = {
    light: {
      page: "#fbfaf7", card: "#ffffff", ink: "#1c2330", soft: "#55606f", rule: "#dcd9d0", mark: "#c2410c",
      series: ["#1b5fa8", "#dd7a2f", "#2f9477", "#a83f6b", "#7765b3", "#b98d12", "#3f9fc4", "#8a573a", "#66788a", "#86a83a", "#cf7fa4", "#3f4a5a"],
      good: ["#a3262d", "#d9693f", "#f3b667", "#cfe0b4", "#6fb7a0", "#1f7a76"],
      plain: ["#eef3f8", "#c4d8ea", "#8fb6d9", "#4f8bc0", "#1b5fa8", "#0d3b6e"],
    },
    dark: {
      page: "#12161d", card: "#1a2029", ink: "#e9ecf1", soft: "#a5b0bf", rule: "#323b49", mark: "#f79a5b",
      series: ["#6fa8e6", "#f0a060", "#62c3a4", "#e08ab0", "#aa9be0", "#dcbc55", "#7fcbe6", "#c59473", "#a2b2c2", "#b5d46e", "#eab6d0", "#d5dce6"],
      good: ["#b83a3f", "#d4683f", "#d99b4a", "#8fa86f", "#4f9f8a", "#2b8f89"],
      plain: ["#222c39", "#29415c", "#2f5b87", "#3b78b3", "#5f9ddb", "#a3cbf3"],
    },
  };
  palettes.light.bad = [...palettes.light.good].reverse();
  palettes.dark.bad = [...palettes.dark.good].reverse();

  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let choice = "system";
  let printing = false;
  const theme = () => (printing ? "light" : choice === "system" ? (system.matches ? "dark" : "light") : choice);
  const colours = () => palettes[theme()];

  /** Put the theme in force on the page. */
  function dress() {
    root.dataset.theme = theme();
    colours().series.forEach((colour, n) => root.style.setProperty(`--series-${n}`, colour));
  }
  dress();

  /** A colour between those of a scale, at a share between 0 and 1. */
  function between(scale, share) {
    const at = Math.max(0, Math.min(1, share)) * (scale.length - 1);
    const [low, high] = [Math.floor(at), Math.ceil(at)];
    const part = (hex, n) => parseInt(hex.slice(1 + 2 * n, 3 + 2 * n), 16);
    return [0, 1, 2].map((n) => Math.round(part(scale[low], n) + (part(scale[high], n) - part(scale[low], n)) * (at - low)));
  }

  /** Black or white, whichever can be read on a colour. */
  function readable([red, green, blue]) {
    const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    return light > 0.18 ? "#10151c" : "#ffffff";
  }

  // ---- what charts share ----------------------------------------------------------------------

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

  // ---- the kinds of pictures: each gives an option, a height and a table ----------------------

  const kinds = {};

  kinds.heat = {
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

  const scaled = (value, unit) => (value === null ? null : unit === "%" ? Math.round(value * 1e4) / 100 : value);

  kinds.lines = {
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

  kinds.bars = {
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

  kinds.gantt = {
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
        const x1 = api.coord([Math.min(task.ready, count), n])[0];
        const x2 = api.coord([count, n])[0];
        const high = 14;
        const clip = (x, width) => echarts.graphic.clipRectByRect({ x, y: y - high / 2, width, height: high }, params.coordSys);
        const part = (x, width, style) => {
          const shape = clip(x, width);
          return shape && { type: "rect", shape, style };
        };
        const children = [
          part(x0, x1 - x0, { fill: c.series[1], opacity: 0.45 }),
          part(x1, x2 - x1, { fill: c.series[0], opacity: 0.3 + 0.7 * Math.min(task.share, 1) }),
        ].filter(Boolean);
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
              return tip(task.name, [["ordered", p.periods[task.start]], ["opens", p.periods[task.ready] || "after the end"]], task.detail);
            },
          },
        },
      };
    },
    table: (p) => ({
      head: ["", "ordered", "opens", "share of option (%)", "in words"],
      rows: p.tasks.map((task) => [task.name, p.periods[task.start], p.periods[task.ready] || "after the end", Math.round(task.share * 1e4) / 100, task.detail]),
    }),
  };

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

  // ---- downloads ------------------------------------------------------------------------------

  function save(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = el("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  /** A table as CSV. A cell that a spreadsheet would take for a formula is preceded by an apostrophe. */
  function csv({ head, rows }) {
    const cell = (value) => {
      let text = value === null || value === undefined ? "" : Array.isArray(value) ? value[1] : String(value);
      if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
      return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  }

  /** A drawn chart as an SVG file with its heading. */
  function svg(drawn) {
    const text = drawn.instance.renderToSVGString({ useViewBox: true });
    const file = new DOMParser().parseFromString(text, "image/svg+xml");
    const space = "http://www.w3.org/2000/svg";
    const picture = file.documentElement;
    const [width, height] = [drawn.host.clientWidth, drawn.host.clientHeight];
    const outer = file.createElementNS(space, "svg");
    outer.setAttribute("viewBox", `0 0 ${width} ${height + 64}`);
    outer.setAttribute("width", width);
    outer.setAttribute("height", height + 64);
    const back = file.createElementNS(space, "rect");
    back.setAttribute("width", "100%");
    back.setAttribute("height", "100%");
    back.setAttribute("fill", colours().card);
    const line = (words, y, size, weight, fill) => {
      const node = file.createElementNS(space, "text");
      for (const [key, value] of Object.entries({ x: 10, y, "font-size": size, "font-weight": weight, "font-family": font, fill })) node.setAttribute(key, value);
      node.textContent = words;
      return node;
    };
    const view = drawn.chart.views[drawn.view];
    const heading = view.name ? `${drawn.chart.title}: ${view.name}` : drawn.chart.title;
    file.removeChild(picture);
    picture.setAttribute("y", 58);
    picture.setAttribute("width", width);
    picture.setAttribute("height", height);
    outer.append(back, line(heading, 24, 17, 700, colours().ink), line(unitOf(drawn) === "%" ? "percent" : unitOf(drawn), 44, 13, 400, colours().soft), picture);
    return new XMLSerializer().serializeToString(outer);
  }

  // ---- tables ---------------------------------------------------------------------------------

  function cellOf(value, first) {
    if (Array.isArray(value)) {
      const [text, address] = value;
      const link = web(address) ? el("a", { href: address, rel: "noopener noreferrer nofollow", target: "_blank" }, text) : text;
      return el("td", {}, link);
    }
    if (typeof value === "number") return el("td", { class: "number" }, number(value));
    return first ? el("th", { scope: "row" }, value || "") : el("td", {}, value === null || value === undefined ? "–" : String(value));
  }

  /** A table, with a filter if it is long. */
  function tableOf({ head, rows }) {
    const numeric = head.map((_, n) => rows.some((row) => typeof row[n] === "number"));
    const header = el("tr", {}, ...head.map((name, n) => el("th", { scope: "col", class: numeric[n] ? "number" : undefined }, name)));
    // The first column names the row, where there are others.
    const lines = rows.map((row) => el("tr", {}, ...row.map((value, n) => cellOf(value, n === 0 && head.length > 1 && typeof value === "string"))));
    const table = el("table", {}, el("thead", {}, header), el("tbody", {}, ...lines));
    const cells = el("div", { class: "cells", tabindex: "0", role: "region", "aria-label": "table" }, table);
    if (rows.length <= 20) return cells;
    const words = rows.map((row) => row.map((value) => (Array.isArray(value) ? value[0] : value)).join(" ").toLowerCase());
    const count = el("span", { role: "status" }, `${rows.length} rows`);
    const search = el("input", {
      type: "search", placeholder: "Filter", "aria-label": "Filter the rows",
      on: {
        input() {
          const wanted = search.value.toLowerCase();
          let left = 0;
          lines.forEach((line, n) => {
            line.hidden = !words[n].includes(wanted);
            left += line.hidden ? 0 : 1;
          });
          count.textContent = `${left} of ${rows.length} rows`;
        },
      },
    });
    return el("div", {}, el("div", { class: "filter" }, search, count), cells);
  }

  // ---- figures --------------------------------------------------------------------------------

  const figures = [];
  let count = 0;
  const watcher = "IntersectionObserver" in window
    ? new IntersectionObserver((entries) => {
        for (const entry of entries) {
          const drawn = figures.find((one) => one.host === entry.target);
          if (entry.isIntersecting && drawn) draw(drawn);
        }
      }, { rootMargin: "300px" })
    : null;

  const unitOf = ({ chart, view }) => chart.views[view].unit ?? chart.unit;

  function draw(drawn) {
    const picture = drawn.chart.views[drawn.view];
    const kind = kinds[picture.kind];
    drawn.host.classList.toggle("wide", Boolean(kind.wide));
    const width = drawn.host.clientWidth;
    if (!width) return;
    const unit = unitOf(drawn);
    const { option, height } = kind.draw(picture, unit, width, drawn);
    drawn.host.style.height = `${Math.round(height)}px`;
    if (drawn.instance) drawn.instance.dispose();
    drawn.instance = echarts.init(drawn.host, null, { renderer: "svg", width, height: Math.round(height) });
    const shared = base();
    drawn.instance.setOption({ ...shared, ...option, tooltip: { ...shared.tooltip, ...option.tooltip } });
    drawn.width = width;
    drawn.host.dataset.drawn = picture.kind;
  }

  const redraw = () => figures.filter((one) => one.instance).forEach(draw);

  function picker(drawn, change) {
    const { views } = drawn.chart;
    if (views.length < 2) return null;
    const groups = new Map();
    views.forEach((view, n) => {
      if (!groups.has(view.group)) groups.set(view.group, []);
      groups.get(view.group).push(el("option", { value: n }, view.name));
    });
    const options = [...groups].map(([group, list]) => (group ? el("optgroup", { label: group }, ...list) : list)).flat();
    const select = el("select", { on: { change: () => change(Number(select.value)) } }, ...options);
    return el("label", {}, "Show", select);
  }

  /** The slider of a curve: it moves the marker and says where it stands. */
  function slider(drawn) {
    const p = drawn.chart.views[drawn.view];
    if (p.kind !== "curve" || !p.points.length) return null;
    const [from, to] = [p.points[0].x, p.points[p.points.length - 1].x];
    drawn.marker = p.marker ?? from;
    const output = el("output", {});
    const say = () => {
      const { y, detail } = along(p, drawn.marker);
      output.textContent = `${p.across}: ${number(drawn.marker)}; ${p.height}: ${withUnit(y, unitOf(drawn))}. ${detail}`;
    };
    const input = el("input", {
      type: "range", min: from, max: to, step: (to - from) / 400 || 1, value: drawn.marker, "aria-label": p.across,
      on: {
        input() {
          drawn.marker = Number(input.value);
          say();
          if (drawn.instance) draw(drawn);
        },
      },
    });
    say();
    return el("div", { class: "slider" }, input, output);
  }

  /** The colours of the kinds of nodes of a flow. */
  function groups(drawn) {
    const p = drawn.chart.views[drawn.view];
    if (p.kind !== "flow") return null;
    const kind = (name, n) => {
      const dot = el("span", { "aria-hidden": "true" }, "■ ");
      dot.style.color = `var(--series-${n})`;
      return el("li", {}, dot, name);
    };
    return el("ul", { class: "kinds" }, ...[...new Set(p.nodes.map((node) => node.group))].map(kind));
  }

  function figure(chart) {
    const id = `chart-${count += 1}`;
    const host = el("div", { class: "host", role: "img" });
    const drawn = { chart, view: 0, host, instance: null, marker: 0 };
    const unit = el("span", { class: "unit" });
    const note = el("p", { class: "note" }, `${chart.note} `, unit);
    const behind = el("details", {}, el("summary", {}, "The numbers as a table"));
    const extra = el("div", {});
    const table = () => kinds[chart.views[drawn.view].kind].table(chart.views[drawn.view], unitOf(drawn));
    const fill = () => {
      behind.querySelector("summary ~ *")?.remove();
      if (behind.open) behind.append(tableOf(table()));
    };
    const show = () => {
      const words = unitOf(drawn);
      unit.textContent = words ? `Unit: ${words}.` : "";
      host.setAttribute("aria-label", `${chart.title}. ${chart.views[drawn.view].name}. ${chart.note} ${unit.textContent} The table below holds the numbers.`);
      extra.replaceChildren(...[slider(drawn), groups(drawn)].filter(Boolean));
      fill();
    };
    const file = (ending) => {
      const view = chart.views[drawn.view].name;
      return `${slug([data.title, chart.title, view].filter(Boolean).join(" "))}.${ending}`;
    };
    const choose = picker(drawn, (view) => {
      drawn.view = view;
      show();
      draw(drawn);
    });
    const downloads = el("span", { class: "downloads" },
      el("button", { type: "button", "aria-label": `Download ${chart.title} as SVG`, on: { click() { if (!drawn.instance) draw(drawn); save(file("svg"), "image/svg+xml", svg(drawn)); } } }, "↓ SVG"),
      el("button", { type: "button", "aria-label": `Download ${chart.title} as CSV`, on: { click: () => save(file("csv"), "text/csv", csv(table())) } }, "↓ CSV"),
    );
    behind.addEventListener("toggle", fill);
    figures.push(drawn);
    show();
    watcher?.observe(host);
    return el("figure", { id, "aria-labelledby": `${id}-title` },
      el("h3", { id: `${id}-title` }, chart.title), note,
      el("div", { class: "bar" }, choose, downloads), extra,
      el("div", { class: "scroll" }, host), behind);
  }

  function section(one, prefix) {
    const tables = one.tables.map((table) => {
      // A table that no chart stands for is open.
      const few = table.rows.length <= (one.charts.length ? 12 : 60);
      const content = el("details", few ? { open: "" } : {}, el("summary", {}, few ? "The table" : `All ${table.rows.length} rows`));
      const download = el("button", { type: "button", "aria-label": `Download ${table.title} as CSV`, on: { click: () => save(`${slug(`${data.title} ${one.title} ${table.title}`)}.csv`, "text/csv", csv(table)) } }, "↓ CSV");
      const fill = () => {
        if (content.open && content.children.length === 1) content.append(tableOf(table));
      };
      content.addEventListener("toggle", fill);
      fill();
      return el("div", { class: "table" }, el("div", { class: "bar" }, el("h3", {}, table.title), el("span", { class: "downloads" }, download)), content);
    });
    const text = one.text.map((paragraph) => el("p", {}, paragraph));
    return el("section", { id: `${prefix}${slug(one.title)}` }, el("h2", {}, one.title), ...text, ...(prefix ? tables : []), ...one.charts.map(figure), ...(prefix ? [] : tables));
  }

  function findings(list) {
    const card = (finding) => {
      // Sentences up to one that ends in a colon stand alone; what follows it is a list.
      const colon = finding.text.findIndex((sentence) => sentence.endsWith(":"));
      const alone = colon < 0 ? finding.text : finding.text.slice(0, colon + 1);
      const more = colon < 0 ? [] : finding.text.slice(colon + 1);
      return el("div", { class: "finding" },
        el("h2", {}, finding.title), el("p", { class: "figure" }, finding.figure), el("p", { class: "caption" }, finding.caption),
        ...alone.map((sentence) => el("p", { class: "lead" }, sentence)),
        more.length ? el("ul", {}, ...more.map((sentence) => el("li", {}, sentence))) : null);
    };
    return el("div", { class: "findings" }, ...list.map(card));
  }

  // ---- the page -------------------------------------------------------------------------------

  const main = document.getElementById("report");
  const chosen = el("div", { id: "plan" });

  function contents(sections) {
    const links = sections.map(([id, title]) => el("li", {}, el("a", { href: `#${id}` }, title)));
    return el("nav", { "aria-label": "Contents" }, el("ul", {}, ...links));
  }

  function showCase(n) {
    const plan = data.cases[n];
    for (const old of figures.splice(0).filter((one) => chosen.contains(one.host) || !one.host.isConnected)) old.instance?.dispose();
    const heading = data.compared ? [el("h2", { class: "case" }, plan.name)] : [];
    chosen.replaceChildren(...heading, ...(plan.findings.length ? [findings(plan.findings)] : []), ...plan.sections.map((one) => section(one, "")));
  }

  function start() {
    const controls = document.getElementById("controls");
    const words = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };
    const button = el("button", {
      type: "button", id: "theme",
      on: {
        click() {
          choice = { system: "dark", dark: "light", light: "system" }[choice];
          button.textContent = words[choice];
          retheme();
        },
      },
    }, words[choice]);
    controls.append(button, el("button", { type: "button", on: { click: () => window.print() } }, "Print"));
    const comparison = data.comparison.map((one) => section(one, "all-"));
    const fixed = [...figures];
    const list = [...data.comparison.map((one) => [`all-${slug(one.title)}`, one.title]), ...(data.cases[0]?.sections ?? []).map((one) => [slug(one.title), one.title])];
    main.append(contents(list));
    main.append(...comparison);
    if (data.compared) {
      const options = data.cases.map((plan, n) => el("option", { value: n }, plan.name));
      const select = el("select", { id: "scenario", on: { change: () => { showCase(Number(select.value)); figures.push(...fixed); } } }, ...options);
      main.append(el("p", { class: "scenario" }, el("label", {}, "Scenario shown below: ", select)));
    }
    main.append(chosen);
    if (data.cases.length) showCase(0);
    figures.push(...fixed);
    const foot = document.getElementById("foot");
    const terms = data.foot.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
    if (terms.length) foot.append(el("dl", {}, ...terms));
    foot.append(el("p", {}, "Made by sinews. Charts by Apache ECharts (Apache License 2.0)."));
    root.dataset.ready = "yes";
  }

  function retheme() {
    dress();
    redraw();
  }

  system.addEventListener("change", retheme);
  let waiting = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => figures.filter((one) => one.instance && one.host.clientWidth !== one.width).forEach(draw), 120);
  });
  window.addEventListener("beforeprint", () => {
    printing = true;
    dress();
    figures.forEach(draw);
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    retheme();
  });

  start();
})();
