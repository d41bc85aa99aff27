// How long accesses took: percentiles and shares.

const percentiles = ["p50", "p95", "p99", "max"];

/** Shares of accesses that took up to so many cycles, as points. */
function cumulative(histogram, count) {
  let sum = 0;
  return histogram.map(([cycles, accesses]) => ({
    x: Math.max(cycles, 1),
    y: (100 * (sum += accesses)) / count,
  }));
}

function latencyBars(runs, kind) {
  return figure("Latency percentiles", {
    height: narrow() ? 300 : 320,
    make: () => ({
      type: "bar",
      data: {
        labels: percentiles,
        datasets: runs.map((run, i) => ({
          label: run.method,
          backgroundColor: colour(i),
          data: percentiles.map((name) => (run.latencies[kind()] || {})[name]),
        })),
      },
      options: {
        ...common(),
        interaction: { mode: "index", intersect: false },
        scales: {
          x: axis("", { grid: { display: false } }),
          y: axis("cycles", {
            type: "logarithmic",
            min: 1,
            ticks: { color: style("--ink"), callback: powers },
          }),
        },
      },
    }),
    alternative: () =>
      table(
        `Latency of ${words(kind())}, cycles`,
        ["method", "count", ...percentiles],
        runs.map((run) => [
          run.method,
          ...["count", ...percentiles].map((name) => (run.latencies[kind()] || {})[name]),
        ]),
      ),
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
          x: axis("cycles", {
            type: "logarithmic",
            ticks: { color: style("--ink"), maxRotation: 0, callback: powers },
          }),
          y: axis("% of accesses", { min: 0, max: 100 }),
        },
      }),
    }),
    alternative: () => {
      const curves = runs.map(curve);
      const limits = [...new Set(curves.flatMap((points) => points.map((point) => point.x)))].sort(
        (a, b) => a - b,
      );
      const upTo = (points, x) => points.reduce((y, point) => (point.x <= x ? point.y : y), 0);
      return table(
        "% of accesses by latency",
        ["cycles, up to", ...runs.map((run) => run.method)],
        limits.map((x) => [x, ...curves.map((points) => upTo(points, x))]),
      );
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
    figures.push(
      element("p", { class: "plot-title" }, "Accesses that took so many cycles or fewer"),
      latencyCurves(runs, kind),
    );
  }
  const pick = choice(
    "Kind of access",
    kinds.map((name) => [name, words(name)]),
    (name) => {
      chosen = name;
      figures.filter((one) => one.refresh).forEach((one) => one.refresh());
    },
  );
  return card(
    "How long accesses take",
    "Half of the accesses took p50 cycles or fewer, 95 in 100 took p95 or fewer.",
    element("div", { class: "choices" }, pick),
    ...figures,
  );
}
