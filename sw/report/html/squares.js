// Coloured squares in rows, for heat maps.

/**
 * What Chart.js draws as squares: bars of height 1, stacked, the first row at the top. `rows` is
 * [{label, name, colours}], the name being what stands at the axis; `title(row, i)` and
 * `text(row, i)` say what is at a square, by the numbers of its row and column.
 */
function squares({ labels, rows, border, x, y, title, text }) {
  const said = (item, words) => words(item.datasetIndex, item.dataIndex);
  return {
    type: "bar",
    data: {
      labels,
      datasets: rows.map((row) => ({
        label: row.label,
        data: row.colours.map(() => 1),
        backgroundColor: row.colours,
        barPercentage: 1,
        categoryPercentage: 1,
        ...border,
      })),
    },
    options: {
      ...common(),
      interaction: { mode: "nearest", intersect: true },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            title: ([item]) => (item ? said(item, title) : ""),
            label: (item) => said(item, text),
          },
        },
      },
      scales: {
        x: axis(x, { stacked: true, grid: { display: false }, display: Boolean(x) }),
        y: axis(y, {
          stacked: true,
          reverse: true,
          min: 0,
          max: rows.length,
          grid: { display: false },
          afterBuildTicks: (scale) => {
            scale.ticks = rows.map((_, row) => ({ value: row + 0.5 }));
          },
          ticks: {
            color: style("--ink"),
            callback: (middle) => rows[Math.floor(middle)].name,
          },
        }),
      },
    },
  };
}
