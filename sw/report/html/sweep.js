// The page of a sweep.

const cellsByPlace = new Map(data.points.map((point) => [point.at.join(), point.methods]));

function cellsAt(place) {
  return cellsByPlace.get(place.join()) || data.methods.map(() => null);
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

function lines() {
  if (!data.axes.length) return null;
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
      "ended early.",
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
  const pairs = data.methods.flatMap((first, a) =>
    data.methods.slice(0, a).map((second, b) => ({ name: `${first} : ${second}`, a, b })),
  );
  return [...pairs, ...data.methods.map((name, a) => ({ name, a, b: null }))];
}

function mapCell(cells, subject, quantity) {
  const text = (value) => ({ value, text: value.toFixed(3), brief: value.toFixed(2) });
  const none = (why) => ({ value: null, text: why, brief: why });
  const [a, b] = [cells[subject.a], subject.b === null ? null : cells[subject.b]];
  for (const cell of [a, b]) {
    if (cell && cell.trouble) return none(cell.trouble === "refused" ? "–" : cell.trouble);
  }
  const mean = (cell) => (cell && cell.values[quantity] ? cell.values[quantity][0] : null);
  if (mean(a) === null) return none("–");
  if (subject.b === null) {
    return { value: mean(a), text: shown(mean(a)), brief: short.format(mean(a)) };
  }
  return mean(b) ? text(mean(a) / mean(b)) : none("–");
}

function heatMapCard() {
  if (data.plane.length < 2) return null;
  const [down, across] = data.plane;
  const subjects = mapSubjects();
  let [subject, quantity] = [subjects[0], 0];
  const at = data.axes.map(() => 0);
  const rows = () =>
    data.axes[down].values.map((name, r) => ({
      name,
      cells: data.axes[across].values.map((_, c) =>
        mapCell(
          cellsAt(at.map((k, a) => (a === down ? r : a === across ? c : k))),
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

/** The best method at each place, by the first quantity, and how much more the second best takes. */
function bestCard() {
  const mean = (cell) => (cell && cell.values && cell.values[0] ? cell.values[0][0] : null);
  const rows = data.points.map((point) => {
    const ranked = data.methods
      .map((method, m) => ({ method, cost: mean(point.methods[m]) }))
      .filter((one) => one.cost !== null)
      .sort((a, b) => a.cost - b.cost);
    const troubles = data.methods
      .map((method, m) =>
        point.methods[m] && point.methods[m].trouble
          ? `${method}: ${point.methods[m].trouble}`
          : "",
      )
      .filter(Boolean);
    return [
      data.axes.map((axis, i) => `${axis.key} ${axis.values[point.at[i]]}`).join(", ") || "all",
      ranked.length ? ranked[0].method : "–",
      ranked.length ? shown(ranked[0].cost) : "–",
      ranked.length > 1
        ? `${ranked[1].method} ${(ranked[1].cost / ranked[0].cost).toFixed(3)}×`
        : "–",
      troubles.join(", "),
    ];
  });
  return card(
    "The best at each place",
    `By ${words(data.quantities[0] || "nothing")}.`,
    folded(
      `${whole.format(rows.length)} combinations`,
      table("The best at each place", ["place", "best", "takes", "second", "not done"], rows, {
        texts: true,
      }),
    ),
  );
}

show(
  [
    element("p", { class: "kicker" }, "tessera · a sweep"),
    element("h1", null, data.title),
    element(
      "ul",
      { class: "chips", "aria-label": "What was swept" },
      ...data.axes.map((axis) =>
        element("li", null, `${axis.key}: ${axis.values.length} values`),
      ),
      element("li", null, `by tessera ${data.version}`),
    ),
    element(
      "section",
      { class: "card answer", "aria-label": "The answer" },
      element("p", { class: "headline" }, data.winners),
    ),
    lines(),
    heatMapCard(),
    crossoverCard(),
    bestCard(),
  ].filter(Boolean),
);
