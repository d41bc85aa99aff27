// Plots of a sweep: lines with intervals, and maps over two axes.

/** Draws each point's 95 % interval as a vertical line. */
const errorBars = {
  id: "errorBars",
  afterDatasetsDraw(chart) {
    const { ctx, scales } = chart;
    ctx.save();
    ctx.lineWidth = 1.5;
    chart.data.datasets.forEach((set, i) => {
      if (!chart.isDatasetVisible(i)) return;
      ctx.strokeStyle = set.borderColor;
      set.data.forEach((point, k) => {
        if (!point.half) return;
        const { x } = chart.getDatasetMeta(i).data[k];
        ctx.beginPath();
        ctx.moveTo(x, scales.y.getPixelForValue(point.y - point.half));
        ctx.lineTo(x, scales.y.getPixelForValue(point.y + point.half));
        ctx.stroke();
      });
    });
    ctx.restore();
  },
};

/** "812.3 ± 4.1", or what ended the runs. */
function measured(cell, quantity) {
  if (!cell) return "–";
  if (cell.trouble) return cell.trouble;
  const value = cell.values[quantity];
  if (!value) return "–";
  const text = value[1] === null ? shown(value[0]) : `${shown(value[0])} ± ${shown(value[1])}`;
  return cell.unfinished ? `${text} (n = ${value[2]})` : text;
}

/**
 * Lines of all methods along an axis. `cells()` gives a row a value of the axis, of a cell a
 * method; a run that was ended early is a cross on the floor.
 */
function linePlot({ axisOf, cells, quantity, unit }) {
  const x = (i) => (axisOf().numeric ? axisOf().values[i] : i);
  const points = (m) =>
    cells().map((row, i) => {
      const value = row[m] && row[m].values ? row[m].values[quantity()] : null;
      return { x: x(i), y: value ? value[0] : null, half: value ? value[1] : null };
    });
  const crosses = (m) =>
    cells()
      .map((row, i) => ({ x: x(i), y: 0, trouble: row[m] && row[m].trouble }))
      .filter(({ trouble }) => trouble && !["refused", "missing", "crashed"].includes(trouble));
  const sets = () =>
    data.methods.flatMap((method, m) => [
      line({ method }, m, points(m), { pointRadius: 4, spanGaps: true }),
      ...(crosses(m).length
        ? [
            line({ method: `${method}: ${crosses(m)[0].trouble}` }, m, crosses(m), {
              showLine: false,
              pointStyle: "crossRot",
              pointRadius: 8,
            }),
          ]
        : []),
    ]);
  const logarithmic = () => axisOf().numeric && axisOf().values[0] > 0;
  /** A little more than from the first value to the last. */
  const ends = () => {
    const values = axisOf().values.map((_, i) => x(i));
    const [least, most] = [values[0], values[values.length - 1]];
    if (least === most) return {};
    const more = logarithmic() ? (most / least) ** 0.03 : 0.03 * (most - least);
    return logarithmic()
      ? { min: least / more, max: most * more }
      : { min: least - more, max: most + more };
  };
  const label = (value) =>
    axisOf().numeric
      ? value.toLocaleString("en-US", { maximumFractionDigits: 6 })
      : axisOf().values[value] ?? "";
  return figure("Lines along an axis, with 95 % intervals", {
    height: narrow() ? 320 : 380,
    make: () => ({
      type: "line",
      data: { datasets: sets() },
      options: lineOptions({
        interaction: { mode: "nearest", intersect: false },
        scales: {
          x: axis(axisOf().key, {
            type: logarithmic() ? "logarithmic" : "linear",
            ...ends(),
            afterBuildTicks: (scale) => {
              scale.ticks = axisOf().values.map((_, i) => ({ value: x(i) }));
            },
            ticks: { color: style("--ink"), maxRotation: 0, callback: (value) => label(value) },
          }),
          y: axis(unit(), { beginAtZero: true }),
        },
      }),
      plugins: [errorBars],
    }),
    say: (i) =>
      cells()[i]
        ? `${axisOf().key} ${axisOf().values[i]}: ${data.methods
            .map((method, m) => `${method} ${measured(cells()[i][m], quantity())}`)
            .join(", ")}`
        : "",
    alternative: () =>
      table(
        "Lines along an axis",
        [axisOf().key, ...data.methods],
        cells().map((row, i) => [
          String(axisOf().values[i]),
          ...data.methods.map((_, m) => measured(row[m], quantity())),
        ]),
      ),
  });
}

/**
 * A map: `rows()` is [{name, cells: [{value, text}]}], `columns()` names; a cell without a value
 * is grey, and its text says why.
 */
function map({ rows, columns, titles, range }) {
  const share = (value) => {
    const { least, most } = range();
    return most > least ? (value - least) / (most - least) : 0.5;
  };
  const paint = (cell) => (cell.value === null ? style("--line") : heat(share(cell.value)));
  const place = (row, i) => `${titles()[0]} ${row.name}, ${titles()[1]} ${columns()[i]}`;
  return figure("Map over two axes", {
    height: Math.max(180, 90 + rows().length * 34),
    make: () => {
      const drawn = rows();
      return {
        ...squares({
          labels: columns().map(String),
          rows: drawn.map((row) => ({
            label: `${titles()[0]} ${row.name}`,
            name: String(row.name),
            colours: row.cells.map(paint),
          })),
          border: { borderColor: style("--card"), borderWidth: 1 },
          x: titles()[1],
          y: titles()[0],
          title: (row, i) => place(drawn[row], i),
          text: (row, i) => drawn[row].cells[i].text,
        }),
        plugins: [cellTexts(drawn)],
      };
    },
    say: (i) =>
      rows()
        .filter((row) => row.cells[i])
        .map((row) => `${place(row, i)}: ${row.cells[i].text}`)
        .join("; "),
    alternative: () =>
      table(
        "Map over two axes",
        [`${titles()[0]} \\ ${titles()[1]}`, ...columns().map(String)],
        rows().map((row) => [String(row.name), ...row.cells.map((cell) => cell.text)]),
      ),
  });
}

/** Writes each cell's text on it, dark on light colours and light on dark ones. */
function cellTexts(rows) {
  return {
    id: "cellTexts",
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.font = `${narrow() ? 9 : 12}px ${Chart.defaults.font.family}`;
      rows.forEach((row, r) =>
        row.cells.forEach((cell, i) => {
          const bar = chart.getDatasetMeta(r).data[i];
          const light = /rgb\((\d+)/.exec(bar.options.backgroundColor);
          const onDark = light ? Number(light[1]) < 110 : false;
          ctx.fillStyle = cell.value === null ? style("--ink") : onDark ? "#ffffff" : "#000000";
          if (bar.width > ctx.measureText(cell.brief).width) {
            ctx.fillText(cell.brief, bar.x, (bar.y + bar.base) / 2);
          }
        }),
      );
      ctx.restore();
    },
  };
}
