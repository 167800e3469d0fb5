// A drawn chart becomes a live one only when someone asks: ECharts (1.1 MB) is loaded then, not before.
// The option stands in a json_script block; colours are tokens, read from the page so that light and dark hold.
"use strict";

(() => {
  let library = null;

  const load = (url) => {
    library ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => done(window.echarts);
      script.onerror = () => failed(new Error(url));
      document.head.append(script);
    });
    return library;
  };

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const hatched = () => ({
    color: colour("late"),
    decal: { symbol: "rect", symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [2.5, 3.5], rotation: Math.PI / 4, color: colour("ok") },
  });

  const resolved = (value) => {
    if (Array.isArray(value)) return value.map(resolved);
    if (value && typeof value === "object") {
      if (value.color === "url(#hatch-late)") return { ...resolved({ ...value, color: "" }), ...hatched() };
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
    }
    const token = typeof value === "string" && /^var\(--([a-z0-9-]+)\)$/.exec(value);
    return token ? colour(token[1]) : value;
  };

  // Words of a tooltip are drawn on the canvas: ECharts' own HTML would need inline styles, which the policy refuses.
  const tooltip = () => ({
    renderMode: "richText",
    trigger: "axis",
    confine: true,
    backgroundColor: colour("surface"),
    borderColor: colour("line-2"),
    textStyle: { color: colour("ink"), fontFamily: "Be Vietnam Pro", fontSize: 13 },
    valueFormatter: (value) => (value == null ? "—" : new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 }).format(value)),
  });

  const alive = (option) => {
    const ring = option.series.some((series) => series.type === "pie");
    option.series.forEach((series) => (series.silent = false));
    return { ...option, tooltip: { ...tooltip(), trigger: ring ? "item" : "axis" } };
  };

  const show = async (figure, button) => {
    button.disabled = true;
    const echarts = await load(button.dataset.echarts);
    const option = JSON.parse(document.getElementById(`chart-${figure.dataset.chart}`).textContent);
    const place = figure.querySelector(".chart-live");
    const drawing = figure.querySelector(".chart-drawing");
    place.hidden = false;
    drawing.hidden = true;
    button.hidden = true;
    const chart = echarts.init(place, null, { renderer: "svg" });
    const draw = () => chart.setOption(alive(resolved(option)), true);
    draw();
    new ResizeObserver(() => chart.resize()).observe(place);
    document.addEventListener("namro:theme", draw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  };

  const offer = (figure) => {
    const button = figure.querySelector("[data-chart-live]");
    if (!button || matchMedia("(max-width: 40rem)").matches) return;
    button.hidden = false;
    button.addEventListener("click", () => show(figure, button).catch(() => (button.disabled = false)));
  };

  const offerAll = (root) => root.querySelectorAll("figure[data-chart]").forEach(offer);

  offerAll(document);
  document.addEventListener("htmx:after:swap", (event) => offerAll(event.target));
})();
