// Plots: each has a text alternative (its table), can be focused, and is read with the arrow keys.

const plots = [];
const dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [1, 3]];
const points = ["circle", "rect", "triangle", "rectRot", "crossRot", "star"];

function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The colour of the i-th series. */
function colour(i) {
  return style(`--plot-${(i % 8) + 1}`);
}

function narrow() {
  return window.innerWidth < 520;
}

function axis(title, more) {
  return {
    title: { display: Boolean(title), text: title, color: style("--soft") },
    grid: { color: style("--line"), borderColor: style("--line") },
    ticks: { color: style("--ink"), maxRotation: 0, autoSkipPadding: 12 },
    ...more,
  };
}

const common = () => ({
  responsive: true,
  maintainAspectRatio: false,
  animation: false,
  plugins: {
    legend: {
      position: "bottom",
      labels: { color: style("--ink"), boxWidth: 14, boxHeight: 14, padding: narrow() ? 10 : 16 },
    },
    tooltip: { callbacks: {} },
  },
});

/**
 * The places of a plot, in order: what it shows there as Chart.js has it, and in words. A plot of
 * lines has a place for each x of any line, as its lines need not have the same ones.
 */
function placesOf(chart) {
  const { labels, datasets } = chart.data;
  const points = datasets.flatMap((set, datasetIndex) =>
    set.data
      .map((value, index) => ({ datasetIndex, index, value }))
      .filter(({ value }) => value !== undefined),
  );
  const at = (point) => (labels.length ? point.index : point.value.x);
  const places = new Map();
  for (const point of points) {
    if (!places.has(at(point))) places.set(at(point), []);
    places.get(at(point)).push(point);
  }
  const { x } = chart.options.scales;
  return [...places.entries()]
    .sort(([a], [b]) => a - b)
    .map(([place, active]) => ({
      active,
      name: labels.length ? labels[place] : `${shown(place)} ${x.title.text}`,
    }));
}

/** What a plot shows at a place, in words, for those who hear it. */
function spoken(chart, { name, active }) {
  const parts = active.map(({ datasetIndex, value }) => {
    const number = typeof value === "object" && value !== null ? value.y : value;
    return `${chart.data.datasets[datasetIndex].label}: ${shown(number)}`;
  });
  return `${name}: ${parts.join(", ")}`;
}

/** The places of a plot that says itself what is at an index. */
function indicesOf(chart) {
  const { datasets } = chart.data;
  const count = Math.max(...datasets.map((set) => set.data.length));
  return Array.from({ length: count }, (_, index) => ({
    active: datasets
      .map((set, datasetIndex) => ({ datasetIndex, index }))
      .filter(({ datasetIndex }) => index < datasets[datasetIndex].data.length),
  }));
}

/** Arrow keys move over the plot: the tooltip shows, and the live text says, what is there. */
function readWithKeys(plot, reading) {
  let at = -1;
  plot.canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { chart } = plot;
    const places = plot.say ? indicesOf(chart) : placesOf(chart);
    at = Math.min(Math.max(at + step, 0), places.length - 1);
    if (at < 0) return;
    const active = places[at].active.map(({ datasetIndex, index }) => ({ datasetIndex, index }));
    chart.setActiveElements(active);
    chart.tooltip.setActiveElements(active, { x: 0, y: 0 });
    chart.update();
    reading.textContent = plot.say ? plot.say(at) : spoken(chart, places[at]);
  });
}

function draw(plot) {
  if (plot.chart) plot.chart.destroy();
  plot.chart = new Chart(plot.canvas, plot.make());
}

/**
 * A figure: `make` returns a Chart.js configuration, `alternative` the table that says the same,
 * `height` the plot's in pixels. Returns the figure; figure.refresh() draws it and its table anew.
 */
function figure(label, { make, alternative, height, say }) {
  const canvas = element("canvas", {
    tabindex: "0",
    role: "img",
    "aria-label": `${label}. Arrow keys read the values; a table follows.`,
  });
  const reading = element("p", { class: "reading", "aria-live": "polite" });
  const holder = element("div", { class: "plot", style: `height: ${height}px` }, canvas);
  const details = folded("These figures as a table");
  const made = element("figure", null, holder, reading, details);
  const plot = { canvas, make, say, chart: null };
  made.refresh = () => {
    if (canvas.isConnected) draw(plot);
    details.replaceChildren(details.firstChild, alternative());
    reading.textContent = "";
  };
  made.refresh();
  readWithKeys(plot, reading);
  plots.push(plot);
  return made;
}

/** Draws all plots in the colours now in force. */
function drawAll() {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = narrow() ? 11 : 13;
  plots.forEach(draw);
}

/** Shows these elements as the page, and draws its plots whenever their colours change. */
function show(content) {
  document.getElementById("report").append(...content);
  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  matchMedia("print").addEventListener("change", drawAll);
}

/** Writes each bar's sum behind it. */
const sums = {
  id: "sums",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = style("--ink");
    ctx.font = `600 ${Chart.defaults.font.size}px ${Chart.defaults.font.family}`;
    ctx.textBaseline = "middle";
    chart.data.labels.forEach((_, index) => {
      let sum = 0;
      let end = 0;
      let y = 0;
      chart.data.datasets.forEach((set, i) => {
        if (!chart.isDatasetVisible(i)) return;
        const bar = chart.getDatasetMeta(i).data[index];
        sum += set.data[index] || 0;
        end = Math.max(end, bar.x);
        y = bar.y;
      });
      ctx.fillText(shown(sum), end + 6, y);
    });
    ctx.restore();
  },
};

/**
 * Bars of parts, one a method. `series` is [{name, values}], a value a method; all of them in
 * `unit`.
 */
function stackedBars(label, methods, series, unit) {
  return figure(label, {
    height:
      90 +
      methods.length * (narrow() ? 38 : 44) +
      (narrow() ? 24 * Math.ceil(series.length / 2) : 20),
    make: () => ({
      type: "bar",
      data: {
        labels: methods,
        datasets: series.map(({ name, values }, i) => ({
          label: name,
          data: values,
          backgroundColor: colour(i),
          borderColor: style("--card"),
          borderWidth: { right: 1 },
          maxBarThickness: 30,
        })),
      },
      options: {
        ...common(),
        indexAxis: "y",
        layout: { padding: { right: narrow() ? 52 : 70 } },
        interaction: { mode: "index", axis: "y", intersect: false },
        scales: {
          x: axis(unit, {
            stacked: true,
            ticks: { color: style("--ink"), maxRotation: 0, callback: (v) => short.format(v) },
          }),
          y: axis("", { stacked: true, grid: { display: false } }),
        },
      },
      plugins: [sums],
    }),
    alternative: () =>
      table(
        `${label}, ${unit}`,
        ["method", ...series.map((one) => one.name), "sum"],
        methods.map((method, i) => {
          const values = series.map((one) => one.values[i] || 0);
          return [method, ...values, values.reduce((a, b) => a + b, 0)];
        }),
      ),
  });
}
