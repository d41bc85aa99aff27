// Sections of data that a run has only when it was asked to record it: series over time, latencies,
// and sums by window slot.

/** Means of `values` over at most `most` groups of neighbours; as they are if there are no more. */
function grouped(values, most) {
  const size = Math.ceil(values.length / most);
  if (size <= 1) return { size: 1, values: [...values] };
  const means = [];
  for (let i = 0; i < values.length; i += size) {
    const group = values.slice(i, i + size);
    means.push(group.reduce((a, b) => a + b, 0) / group.length);
  }
  return { size, values: means };
}

function line(run, i, data, more) {
  return {
    label: run.method, data, borderColor: colour(i), backgroundColor: colour(i), borderWidth: 2,
    borderDash: dashes[i % dashes.length], pointStyle: points[i % points.length], pointRadius: 0,
    pointHoverRadius: 5, ...more,
  };
}

/** Options of a plot of lines, whose legend shows how each is dashed. */
function lineOptions(more) {
  const options = common();
  Object.assign(options.plugins.legend.labels, {
    usePointStyle: true,
    pointStyleWidth: 34,
    generateLabels: (chart) => Chart.defaults.plugins.legend.labels.generateLabels(chart).map((label) => {
      const { borderColor, borderDash } = chart.data.datasets[label.datasetIndex];
      return { ...label, pointStyle: "line", strokeStyle: borderColor, lineDash: borderDash, lineWidth: 2 };
    }),
  });
  return { ...options, parsing: false, ...more };
}

function intervals({ results }) {
  const runs = results.filter((run) => run.intervals);
  const names = namesOf(runs.map((run) => run.intervals.series));
  if (!names.length) return null;
  let chosen = names[0];
  const series = (most) => runs.map((run) => {
    const { size, values } = grouped(run.intervals.series[chosen] || [], most);
    return values.map((y, i) => ({ x: (i + 1) * size * run.intervals.every, y }));
  });
  const { unit, every } = runs[0].intervals;
  const plot = figure("Counters over the run", {
    height: narrow() ? 300 : 340,
    make: () => ({
      type: "line",
      data: { datasets: series(400).map((data, i) => line(runs[i], i, data)) },
      options: lineOptions({
        interaction: { mode: "index", intersect: false },
        scales: {
          x: axis(`${unit} so far`, { type: "linear", ticks: { color: style("--ink"), maxRotation: 0, callback: (v) => short.format(v) } }),
          y: axis(`${words(chosen)} in ${whole.format(every)} ${unit}`, { beginAtZero: true }),
        },
      }),
    }),
    alternative: () => {
      const all = series(40);
      const longest = all.reduce((a, b) => (b.length > a.length ? b : a), []);
      return table(`${words(chosen)} over the run`, [`up to ${unit}`, ...runs.map((run) => run.method)],
        longest.map((point, i) => [point.x, ...all.map((data) => (data[i] ? data[i].y : null))]));
    },
  });
  const pick = choice("Counter", names.map((name) => [name, words(name)]), (name) => {
    chosen = name;
    plot.refresh();
  });
  return card("Over the run", `What each counter moved by in ${whole.format(every)} ${unit}; where a plot or table has fewer points than there were intervals, the mean of neighbours.`,
    element("div", { class: "choices" }, pick), plot);
}

const percentiles = ["p50", "p95", "p99", "max"];

/** Shares of accesses that took up to so many cycles, as points. */
function cumulative(histogram, count) {
  let sum = 0;
  return histogram.map(([cycles, accesses]) => ({ x: Math.max(cycles, 1), y: 100 * (sum += accesses) / count }));
}

function latencyBars(runs, kind) {
  return figure("Latency percentiles", {
    height: narrow() ? 300 : 320,
    make: () => ({
      type: "bar",
      data: {
        labels: percentiles,
        datasets: runs.map((run, i) => ({
          label: run.method, backgroundColor: colour(i),
          data: percentiles.map((name) => (run.latencies[kind()] || {})[name]),
        })),
      },
      options: {
        ...common(),
        interaction: { mode: "index", intersect: false },
        scales: {
          x: axis("", { grid: { display: false } }),
          y: axis("cycles", { type: "logarithmic", min: 1, ticks: { color: style("--ink"), callback: powers } }),
        },
      },
    }),
    alternative: () => table(`Latency of ${words(kind())}, cycles`, ["method", "count", ...percentiles],
      runs.map((run) => [run.method, ...["count", ...percentiles].map((name) => (run.latencies[kind()] || {})[name])])),
  });
}

/** Labels of a logarithmic axis: 1, 2, 5, 10 ... */
function powers(value) {
  const digit = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].some((one) => Math.abs(digit - one) < 1e-6) ? short.format(value) : "";
}

function latencyCurves(runs, kind) {
  const curve = (run) => {
    const one = run.latencies[kind()];
    return one && one.histogram && one.count ? cumulative(one.histogram, one.count) : [];
  };
  return figure("Share of accesses by latency", {
    height: narrow() ? 300 : 320,
    make: () => ({
      type: "line",
      data: { datasets: runs.map((run, i) => line(run, i, curve(run), { stepped: "before" })) },
      options: lineOptions({
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: axis("cycles", { type: "logarithmic", ticks: { color: style("--ink"), maxRotation: 0, callback: powers } }),
          y: axis("% of accesses", { min: 0, max: 100 }),
        },
      }),
    }),
    alternative: () => {
      const curves = runs.map(curve);
      const limits = [...new Set(curves.flatMap((points) => points.map((point) => point.x)))].sort((a, b) => a - b);
      const upTo = (points, x) => points.reduce((y, point) => (point.x <= x ? point.y : y), 0);
      return table("% of accesses by latency", ["cycles, up to", ...runs.map((run) => run.method)],
        limits.map((x) => [x, ...curves.map((points) => upTo(points, x))]));
    },
  });
}

function latencies({ results }) {
  const runs = results.filter((run) => run.latencies);
  const kinds = namesOf(runs.map((run) => run.latencies));
  if (!kinds.length) return null;
  let chosen = kinds[0];
  const kind = () => chosen;
  const figures = [latencyBars(runs, kind)];
  if (runs.some((run) => Object.values(run.latencies).some((one) => one.histogram))) {
    figures.push(element("p", { class: "plot-title" }, "Accesses that took so many cycles or fewer"), latencyCurves(runs, kind));
  }
  const pick = choice("Kind of access", kinds.map((name) => [name, words(name)]), (name) => {
    chosen = name;
    figures.filter((one) => one.refresh).forEach((one) => one.refresh());
  });
  return card("How long accesses take", "Half of the accesses took p50 cycles or fewer, 95 in 100 took p95 or fewer.",
    element("div", { class: "choices" }, pick), ...figures);
}

// Cividis (Nuñez, Anderton, Renslow 2018), made for every colour vision, at equal steps.
const cividis = [[0, 34, 78], [26, 56, 111], [64, 77, 107], [94, 98, 109], [123, 123, 120],
  [155, 148, 118], [188, 175, 111], [222, 203, 93], [254, 232, 56]];

/** The colour of a share from 0 to 1. */
function heat(share) {
  const at = Math.min(Math.max(share, 0), 1) * (cividis.length - 1);
  const low = Math.min(Math.floor(at), cividis.length - 2);
  const mixed = cividis[low].map((from, i) => Math.round(from + (cividis[low + 1][i] - from) * (at - low)));
  return `rgb(${mixed.join(",")})`;
}

/** One square a slot, a row after the other from the bottom up: bars of height 1, stacked. */
function heatMap(value, chosen, pages) {
  const columns = narrow() ? 32 : 64;
  const cells = () => grouped(value(), columns * 32);
  const rows = () => {
    const { size, values } = cells();
    const all = [];
    for (let i = 0; i < values.length; i += columns) {
      all.push({ first: i * size, size, values: values.slice(i, i + columns) });
    }
    return all;
  };
  // In pages of the window, from 0.
  const range = (first, count) => `${whole.format(first * pages)} to ${whole.format((first + count) * pages - 1)}`;
  const place = (row, i) => {
    const first = row.first + i * row.size;
    return `pages ${range(first, row.size)}`;
  };
  // Where colours end: at the 99th percentile, so that one busy slot does not make all others dark.
  const most = () => {
    const sorted = cells().values.sort((a, b) => a - b);
    return Math.max(1, sorted[Math.ceil(0.99 * sorted.length) - 1] || 0);
  };
  const bands = () => rows().map((row) => [range(row.first, row.values.length * row.size),
    Math.min(...row.values), row.values.reduce((a, b) => a + b, 0) / row.values.length, Math.max(...row.values)]);
  const made = figure("Heat map of the window's slots", {
    height: Math.max(140, 60 + rows().length * (narrow() ? 12 : 16)),
    make: () => {
      const drawn = rows();
      const highest = most();
      return {
        type: "bar",
        data: {
          labels: Array.from({ length: columns }, (_, i) => i),
          datasets: drawn.map((row) => ({
            label: `from page ${whole.format(row.first * pages)}`, data: row.values.map(() => 1),
            backgroundColor: row.values.map((one) => heat(one / highest)),
            barPercentage: 1, categoryPercentage: 1, borderWidth: 0,
          })),
        },
        options: {
          ...common(),
          interaction: { mode: "nearest", intersect: true },
          plugins: {
            legend: { display: false },
            tooltip: {
              callbacks: {
                title: ([item]) => (item ? place(drawn[item.datasetIndex], item.dataIndex) : ""),
                label: (item) => `${words(chosen())}: ${shown(drawn[item.datasetIndex].values[item.dataIndex])}`,
              },
            },
          },
          scales: {
            x: axis("", { stacked: true, display: false }),
            y: axis("first page of a row", {
              stacked: true, reverse: true, min: 0, max: drawn.length, grid: { display: false },
              ticks: { color: style("--ink"), precision: 0, callback: (row) => (drawn[row] ? whole.format(drawn[row].first * pages) : "") },
            }),
          },
        },
      };
    },
    say: (i) => rows().map((row) => (i < row.values.length ? `${place(row, i)}: ${shown(row.values[i])}` : null)).filter(Boolean).join(", "),
    alternative: () => table(`${words(chosen())} by place in the window`, ["pages", "least", "mean", "most"], bands()),
  });
  return { made, most };
}

function slots({ results }) {
  const runs = results.filter((run) => run.slots);
  const names = namesOf(runs.map((run) => run.slots.series));
  if (!names.length) return null;
  let [run, chosen] = [runs[0], names[0]];
  const { made, most } = heatMap(() => run.slots.series[chosen] || [], () => chosen, run.slots.pages);
  const highest = element("span");
  const gradient = cividis.map((_, i) => heat(i / (cividis.length - 1))).join(",");
  const scale = element("div", { class: "scale", "aria-hidden": "true" }, element("span", null, "0"),
    element("i", { style: `background: linear-gradient(to right, ${gradient})` }), highest);
  const refresh = () => {
    highest.textContent = `${shown(most())} or more`;
    made.refresh();
  };
  refresh();
  made.insertBefore(scale, made.children[1]);
  return card("Heat map of the window", `The window from its first page to its last, row by row; a value is of ${run.slots.pages} pages.`,
    element("div", { class: "choices" },
      choice("Method", runs.map((one, i) => [i, one.method]), (i) => { run = runs[i]; refresh(); }),
      choice("Shown", names.map((name) => [name, words(name)]), (name) => { chosen = name; refresh(); })), made);
}
