// The page: one result, or an overview of several and then each of them.

function chips(file) {
  return element(
    "ul",
    { class: "chips", "aria-label": "What was simulated" },
    ...file.chips.map((text) => element("li", null, text)),
  );
}

function sections(file) {
  return [answer, comparison, cycles, activities, refills, flushes, intervals, latencies, slots, configuration]
    .map((section) => section(file))
    .filter(Boolean);
}

/** A name that leaves room for its plot. */
function clipped(name) {
  const most = narrow() ? 12 : 28;
  return name.length <= most ? name : `…${name.slice(1 - most)}`;
}

/** Cycles an access of every method in every file. */
function overview(files) {
  const methods = [...new Set(files.flatMap((file) => file.results.map((run) => run.method)))];
  const cost = (file, method) => {
    const run = file.results.find((one) => one.method === method && !one.error);
    return run ? perAccess(run, run.cycles.total) : null;
  };
  const label = "Cycles an access, by file and method";
  return card(
    "All results at once",
    "Cycles an access; a run that ended early has no bar.",
    figure(label, {
      height: 120 + files.length * (24 + methods.length * (narrow() ? 12 : 16)),
      make: () => ({
        type: "bar",
        data: {
          labels: files.map((file) => file.name),
          datasets: methods.map((method, i) => ({
            label: method,
            data: files.map((file) => cost(file, method)),
            backgroundColor: colour(i),
          })),
        },
        options: {
          ...common(),
          indexAxis: "y",
          interaction: { mode: "index", axis: "y", intersect: false },
          scales: {
            x: axis("cycles an access"),
            y: axis("", {
              grid: { display: false },
              ticks: { color: style("--ink"), callback: (i) => clipped(files[i].name) },
            }),
          },
        },
      }),
      alternative: () =>
        table(
          label,
          ["file", ...methods],
          files.map((file) => [file.name, ...methods.map((method) => cost(file, method))]),
        ),
    }),
  );
}

/** Who wins where, in a sentence. */
function winners(files) {
  const wins = {};
  files
    .filter((file) => file.winner)
    .forEach((file) => {
      wins[file.winner] = (wins[file.winner] || 0) + 1;
    });
  const ranked = Object.entries(wins).sort((a, b) => b[1] - a[1]);
  if (!ranked.length) return "No method wins in any result.";
  const [[first, count], ...others] = ranked;
  if (count === files.length) return `${first} wins in all ${count} results.`;
  const rest = others.map(([name, n]) => `, ${name} in ${n}`).join("");
  return `${first} wins in ${count} of ${files.length} results${rest}.`;
}

function differences({ headings, rows }) {
  const note = rows.length
    ? "Parameters that are not the same in all files."
    : "All files have the same parameters.";
  return card(
    "What differs",
    note,
    rows.length ? table("Parameters that differ", headings, rows, { texts: true }) : null,
  );
}

function page() {
  const [first, ...more] = data.files;
  if (!more.length) {
    return [
      element("p", { class: "kicker" }, "tessera · which mapping method costs least"),
      element("h1", null, first.title),
      chips(first),
      ...sections(first),
    ];
  }
  cardHeading = "h3";
  const links = data.files.map((file, i) =>
    element(
      "li",
      null,
      element("a", { href: `#file-${i}` }, file.name),
      `: ${file.answer[0] || "no method did the whole job"}`,
    ),
  );
  return [
    element("p", { class: "kicker" }, "tessera · results compared"),
    element("h1", null, data.title),
    element(
      "nav",
      { class: "card answer", "aria-label": "Results" },
      element("p", { class: "headline" }, winners(data.files)),
      element("ul", null, ...links),
    ),
    overview(data.files),
    differences(data.differences),
    ...data.files.map((file, i) =>
      element(
        "article",
        { class: "file", id: `file-${i}` },
        element("p", { class: "kicker" }, file.name),
        element("h2", { class: "file-title" }, file.title),
        chips(file),
        ...sections(file),
      ),
    ),
  ];
}

show(page());
