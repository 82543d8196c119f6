// The colours of the page and of its charts, light, dark or as the system has it, and in print.
// In comes `root`. Out go `colours`, the palette in force, `theme`, `dress`, which puts it on the page, `between` and
// `readable`, and the switches `choice` and `printing` that the page sets.

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
