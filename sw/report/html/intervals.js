// Counters over the run, and how plots of lines are made.

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

/** A series without its last interval if the run ended within it, which would look like a fall. */
function complete({ unit, every, series }, name) {
  const values = series[name] || [];
  const lengths = series[unit] || [];
  return values.length > 1 && lengths[lengths.length - 1] < every ? values.slice(0, -1) : values;
}

function line(run, i, data, more) {
  return {
    label: run.method,
    data,
    borderColor: colour(i),
    backgroundColor: colour(i),
    borderWidth: 2,
    borderDash: dashes[i % dashes.length],
    pointStyle: points[i % points.length],
    pointRadius: 0,
    pointHoverRadius: 5,
    ...more,
  };
}

/** Options of a plot of lines, whose legend shows how each is dashed. */
function lineOptions(more) {
  const options = common();
  Object.assign(options.plugins.legend.labels, {
    usePointStyle: true,
    pointStyleWidth: 34,
    generateLabels: (chart) =>
      Chart.defaults.plugins.legend.labels.generateLabels(chart).map((label) => {
        const { borderColor, borderDash } = chart.data.datasets[label.datasetIndex];
        return {
          ...label,
          pointStyle: "line",
          strokeStyle: borderColor,
          lineDash: borderDash,
          lineWidth: 2,
        };
      }),
  });
  return { ...options, parsing: false, ...more };
}

/** Where each of `count` intervals ends: their lengths are the series of the unit. */
function endsOf({ unit, every, series }, count) {
  let sum = 0;
  const lengths = series[unit] || new Array(count).fill(every);
  return lengths.map((length) => (sum += length));
}

/** Points of a series, at most `most`; each stands where its last interval ends. */
function pointsOf(all, name, most) {
  const single = complete(all, name);
  const { size, values } = grouped(single, most);
  const places = endsOf(all, single.length).slice(0, single.length);
  return values.map((y, i) => ({ x: places[Math.min((i + 1) * size, places.length) - 1], y }));
}

/** A row a place; where methods have places of their own, a column of them for each. */
function intervalTable(caption, unit, runs, all) {
  const longest = all.reduce((a, b) => (b.length > a.length ? b : a), []);
  const same = all.every((points) => points.every((point, i) => point.x === longest[i].x));
  const cells = (points, i) => (points[i] ? [points[i].x, points[i].y] : [null, null]);
  return same
    ? table(
        caption,
        [`up to ${unit}`, ...runs.map((run) => run.method)],
        longest.map((point, i) => [point.x, ...all.map((points) => cells(points, i)[1])]),
      )
    : table(
        caption,
        ["point", ...runs.flatMap((run) => [`${run.method}, up to ${unit}`, run.method])],
        longest.map((_, i) => [i + 1, ...all.flatMap((points) => cells(points, i))]),
      );
}

function intervals({ results }) {
  const runs = results.filter((run) => run.intervals);
  const names = namesOf(runs.map((run) => run.intervals.series));
  if (!names.length) return null;
  let chosen = names[0];
  const series = (most) => runs.map((run) => pointsOf(run.intervals, chosen, most));
  const { unit } = runs[0].intervals;
  const said = () =>
    data.states.includes(chosen)
      ? `${words(chosen)} at the end of an interval`
      : `${words(chosen)} in an interval`;
  const plot = figure("Counters over the run", {
    height: narrow() ? 300 : 340,
    make: () => ({
      type: "line",
      data: { datasets: series(400).map((data, i) => line(runs[i], i, data)) },
      options: lineOptions({
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: axis(`${unit} so far`, {
            type: "linear",
            ticks: { color: style("--ink"), maxRotation: 0, callback: (v) => short.format(v) },
          }),
          y: axis(said(), { beginAtZero: true }),
        },
      }),
    }),
    alternative: () => intervalTable(`${words(chosen)} over the run`, unit, runs, series(40)),
  });
  const pick = choice(
    "Counter",
    names.map((name) => [name, words(name)]),
    (name) => {
      chosen = name;
      plot.refresh();
    },
  );
  const lengths = [...new Set(runs.map((run) => whole.format(run.intervals.every)))].join(" or ");
  return card(
    "Over the run",
    "What each counter moved by in an interval, or was at its end. " +
      `An interval ends with the operation in which it is ${lengths} ${unit} long. ` +
      "Where there are fewer points than intervals, a point is the mean of neighbours; " +
      "an interval that the end of the run cut short is left out.",
    element("div", { class: "choices" }, pick),
    plot,
  );
}
