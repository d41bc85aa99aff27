// Sums by place in the window.

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
  const range = (first, count) =>
    `${whole.format(first * pages)} to ${whole.format((first + count) * pages - 1)}`;
  const place = (row, i) => {
    const first = row.first + i * row.size;
    return `pages ${range(first, row.size)}`;
  };
  // Where colours end: at the 99th percentile, so that one busy slot does not make all others dark.
  const most = () => {
    const sorted = cells().values.sort((a, b) => a - b);
    return Math.max(1, sorted[Math.ceil(0.99 * sorted.length) - 1] || 0);
  };
  const bands = () =>
    rows().map((row) => [
      range(row.first, row.values.length * row.size),
      Math.min(...row.values),
      row.values.reduce((a, b) => a + b, 0) / row.values.length,
      Math.max(...row.values),
    ]);
  const made = figure("Heat map of the window's slots", {
    height: Math.max(140, 60 + rows().length * (narrow() ? 12 : 16)),
    make: () => {
      const drawn = rows();
      const highest = most();
      return squares({
        labels: Array.from({ length: columns }, (_, i) => i),
        rows: drawn.map((row) => ({
          label: `from page ${whole.format(row.first * pages)}`,
          name: whole.format(row.first * pages),
          colours: row.values.map((one) => heat(one / highest)),
        })),
        border: { borderWidth: 0 },
        x: "",
        y: "first page of a row",
        title: (row, i) => place(drawn[row], i),
        text: (row, i) => `${words(chosen())}: ${shown(drawn[row].values[i])}`,
      });
    },
    say: (i) =>
      rows()
        .map((row) => (i < row.values.length ? `${place(row, i)}: ${shown(row.values[i])}` : null))
        .filter(Boolean)
        .join(", "),
    alternative: () =>
      table(
        `${words(chosen())} by place in the window`,
        ["pages", "least", "mean", "most"],
        bands(),
      ),
  });
  return { made, most, size: () => cells().size };
}

function slots({ results }) {
  const runs = results.filter((run) => run.slots);
  const names = namesOf(runs.map((run) => run.slots.series));
  if (!names.length) return null;
  let [run, chosen] = [runs[0], names[0]];
  const { made, most, size } = heatMap(
    () => run.slots.series[chosen] || [],
    () => chosen,
    run.slots.pages,
  );
  const highest = element("span");
  const scale = colourScale(element("span", null, "0"), highest);
  const { pages } = run.slots;
  const counted = `${whole.format(pages)} ${pages === 1 ? "page" : "pages"}`;
  const square = element("span");
  const refresh = () => {
    square.textContent =
      size() === 1
        ? `a square is ${counted}.`
        : `a square is the mean of ${size()} neighbours, ${counted} each.`;
    highest.textContent = `${shown(most())} or more`;
    made.refresh();
  };
  refresh();
  made.insertBefore(scale, made.children[1]);
  return card(
    "Heat map of the window",
    null,
    element("p", { class: "note" }, "The window from first page to last, row by row; ", square),
    element(
      "div",
      { class: "choices" },
      choice(
        "Method",
        runs.map((one, i) => [i, one.method]),
        (i) => {
          run = runs[i];
          refresh();
        },
      ),
      choice(
        "Shown",
        names.map((name) => [name, words(name)]),
        (name) => {
          chosen = name;
          refresh();
        },
      ),
    ),
    made,
  );
}
