// The page of a sweep.

const pointsByPlace = new Map(data.points.map((point) => [point.at.join(), point]));

/** "1 value", "2 values". */
function counted(count, name) {
  return `${whole.format(count)} ${name}${count === 1 ? "" : "s"}`;
}

function cellsAt(place) {
  const point = pointsByPlace.get(place.join());
  return point ? point.methods : data.methods.map(() => null);
}

/** A choice for each axis but those that a plot shows; `at` is the place that they make. */
function axisChoices(at, leftOut, changed) {
  return data.axes
    .map((axis, i) =>
      leftOut.includes(i)
        ? null
        : choice(
            axis.key,
            axis.values.map((value, k) => [k, String(value)]),
            (k) => {
              at[i] = Number(k);
              changed();
            },
          ),
    )
    .filter(Boolean);
}

function quantityChoice(changed) {
  return choice(
    "Shown",
    data.quantities.map((name, i) => [i, words(name)]),
    (i) => changed(Number(i)),
  );
}

/** Choices that are made anew when the axes that a plot shows change. */
function choices(content) {
  const holder = element("div", { class: "choices" });
  const refresh = () => holder.replaceChildren(...content());
  refresh();
  return { holder, refresh };
}

/** Without an axis: the methods beside each other. */
function bars() {
  const cells = cellsAt([]);
  const measuredOnes = data.methods.filter((_, m) => cells[m] && cells[m].values);
  if (!measuredOnes.length) return null;
  const values = measuredOnes.map((method) => {
    const value = cells[data.methods.indexOf(method)].values[0];
    return value ? value[0] : 0;
  });
  const unit = words(data.quantities[0]);
  return card(
    "The methods",
    "The mean of all repeats.",
    stackedBars("The methods", measuredOnes, [{ name: unit, values }], unit),
  );
}

function lines() {
  if (!data.quantities.length) return null;
  if (!data.axes.length) return bars();
  let along = data.plane.length ? data.plane[0] : 0;
  let quantity = 0;
  const at = data.axes.map(() => 0);
  const plot = linePlot({
    axisOf: () => data.axes[along],
    cells: () =>
      data.axes[along].values.map((_, i) => cellsAt(at.map((k, a) => (a === along ? i : k)))),
    quantity: () => quantity,
    unit: () => words(data.quantities[quantity]),
  });
  const others = choices(() => axisChoices(at, [along], () => plot.refresh()));
  return card(
    "Along an axis",
    "The mean of all repeats and its 95 % interval (Student's t); a cross at 0 is a run that was " +
      "ended early. Where runs are missing, n says of how many repeats a mean is.",
    element(
      "div",
      { class: "choices" },
      quantityChoice((i) => {
        quantity = i;
        plot.refresh();
      }),
      choice(
        "Along",
        [along, ...data.axes.keys()]
          .filter((a, i, all) => all.indexOf(a) === i)
          .map((a) => [a, data.axes[a].key]),
        (a) => {
          along = Number(a);
          others.refresh();
          plot.refresh();
        },
      ),
    ),
    others.holder,
    plot,
  );
}

/** What a map may show: the ratio of two methods, or one method by itself. */
function mapSubjects() {
  const pairs = data.pairs.map(([a, b], pair) => ({
    name: `${data.methods[a]} : ${data.methods[b]}`,
    a,
    b,
    pair,
  }));
  return [...pairs, ...data.methods.map((name, a) => ({ name, a, b: null }))];
}

function mapCell(place, subject, quantity) {
  const cells = cellsAt(place);
  const none = (why) => ({ value: null, text: why, brief: why });
  const [a, b] = [cells[subject.a], subject.b === null ? null : cells[subject.b]];
  for (const cell of [a, b]) {
    if (cell && cell.trouble) return none(cell.trouble === "refused" ? "–" : cell.trouble);
  }
  const mean = (cell) => (cell && cell.values[quantity] ? cell.values[quantity][0] : null);
  if (mean(a) === null) return none("–");
  if (subject.b === null) {
    return { value: mean(a), text: measured(a, quantity), brief: short.format(mean(a)) };
  }
  const ratio = pointsByPlace.get(place.join()).ratios[subject.pair][quantity];
  if (!ratio) return none("–");
  const [value, half, n] = ratio;
  const interval = half === null ? "" : ` ± ${half.toFixed(3)}`;
  const repeats = a.unfinished || b.unfinished ? ` (n = ${n})` : "";
  return { value, text: value.toFixed(3) + interval + repeats, brief: value.toFixed(2) };
}

function heatMapCard() {
  if (data.plane.length < 2 || !data.quantities.length) return null;
  const [down, across] = data.plane;
  const subjects = mapSubjects();
  let [subject, quantity] = [subjects[0], 0];
  const at = data.axes.map(() => 0);
  const rows = () =>
    data.axes[down].values.map((name, r) => ({
      name,
      cells: data.axes[across].values.map((_, c) =>
        mapCell(
          at.map((k, a) => (a === down ? r : a === across ? c : k)),
          subject,
          quantity,
        ),
      ),
    }));
  const range = () => {
    const values = rows()
      .flatMap((row) => row.cells.map((cell) => cell.value))
      .filter((value) => value !== null);
    return values.length
      ? { least: Math.min(...values), most: Math.max(...values) }
      : { least: 0, most: 1 };
  };
  const made = map({
    rows,
    columns: () => data.axes[across].values,
    titles: () => [data.axes[down].key, data.axes[across].key],
    range,
  });
  const [least, most] = [element("span"), element("span")];
  const refresh = () => {
    const brief = (value) => (subject.b === null ? shown(value) : value.toFixed(2));
    least.textContent = brief(range().least);
    most.textContent = brief(range().most);
    made.refresh();
  };
  refresh();
  made.insertBefore(colourScale(least, most), made.children[1]);
  return card(
    "Over two axes",
    "A ratio below 1: the first method has fewer. Grey: no ratio, and why.",
    element(
      "div",
      { class: "choices" },
      quantityChoice((i) => {
        quantity = i;
        refresh();
      }),
      choice(
        "Of",
        subjects.map((one, i) => [i, one.name]),
        (i) => {
          subject = subjects[i];
          refresh();
        },
      ),
      ...axisChoices(at, [down, across], refresh),
    ),
    made,
  );
}

function crossoverCard() {
  if (!data.crossovers.length) return null;
  return card(
    "Where they cross",
    "Where the ratio of two methods passes 1 along an axis, between two values straight in " +
      "logarithms of both.",
    table(
      "Crossovers",
      ["quantity", "ratio", "along", "where", "has fewer"],
      data.crossovers.map(([quantity, pair, along, where, text]) => [
        words(quantity),
        pair,
        along,
        where,
        text,
      ]),
      { texts: true },
    ),
  );
}

/** Why a method has less to show at a place than others. */
function troubleOf(cell, method) {
  if (cell && cell.trouble) return `${method}: ${cell.trouble}`;
  return cell && cell.unfinished ? `${method}: ${cell.unfinished} missing` : "";
}

/** The best method at each place by cycles an access, and how much more the second best takes. */
function bestCard() {
  const rows = data.points.map(({ at, methods, standing }) => {
    const { ranked, decided, tie, second } = standing;
    const best = tie ? `${data.methods[ranked[0]]} and ${data.methods[ranked[1]]}` : null;
    return [
      data.axes.map((axis, i) => `${axis.key} ${axis.values[at[i]]}`).join(", ") || "all",
      decided ? best || data.methods[ranked[0]] : "–",
      decided ? shown(methods[ranked[0]].values[0][0]) : "–",
      decided && ranked.length > 1 ? `${data.methods[ranked[1]]} ${second.toFixed(3)}×` : "–",
      data.methods
        .map((method, m) => troubleOf(methods[m], method))
        .filter(Boolean)
        .join(", "),
    ];
  });
  return card(
    "The best at each place",
    "By cycles per access, where all methods have their runs.",
    folded(
      counted(rows.length, "combination"),
      table("The best at each place", ["place", "best", "takes", "second", "not done"], rows, {
        texts: true,
      }),
    ),
  );
}

/** What makes this sweep again, given its file, and what its configurations have in common. */
function configurationCard() {
  return card(
    "The same in all configurations",
    null,
    element("pre", { class: "command", tabindex: "0", "aria-label": "Command" }, data.command),
    folded(
      `${data.fixed.length} parameters`,
      table("The same in all configurations", ["parameter", "value"], data.fixed, { texts: true }),
    ),
  );
}

const chipKeys = ["workload", "core", "kernel", "remaps"];

show(
  [
    element("p", { class: "kicker" }, "tessera · a sweep"),
    element("h1", null, data.title),
    element(
      "ul",
      { class: "chips", "aria-label": "What was swept" },
      ...data.axes.map((axis) =>
        element("li", null, `${axis.key}: ${counted(axis.values.length, "value")}`),
      ),
      ...data.fixed
        .filter(([key]) => chipKeys.includes(key))
        .map(([key, value]) => element("li", null, `${key}: ${value}`)),
      element("li", null, data.progress),
      element("li", null, `by tessera ${data.version}`),
    ),
    element(
      "section",
      { class: "card answer", "aria-label": "The answer" },
      element("p", { class: "headline" }, data.winners),
      data.unfinished ? element("p", null, `Unfinished: ${data.progress}.`) : null,
      data.note ? element("p", null, data.note) : null,
    ),
    lines(),
    heatMapCard(),
    crossoverCard(),
    bestCard(),
    configurationCard(),
  ].filter(Boolean),
);
