// The sections of one result. Each returns null when the result has not the data that it shows.

function methodsOf(runs) {
  return runs.map((run) => (run.error ? `${run.method} (${run.error})` : run.method));
}

function perAccess(run, value) {
  return run.counters.accesses ? value / run.counters.accesses : 0;
}

/** Every name that any of these objects has, in order of first appearance. */
function namesOf(objects) {
  return [...new Set(objects.flatMap((object) => Object.keys(object)))];
}

function tiles(file) {
  const best = file.results.find((run) => run.method === file.winner);
  const rivals = file.results.filter((run) => file.ranking.includes(run.method));
  if (!best || rivals.length < 2) return null;
  const slowest = file.results.find((run) => run.method === file.ranking[file.ranking.length - 1]);
  const tile = (figure, text) =>
    element("div", { class: "tile" }, element("b", null, figure), element("span", null, text));
  const cost = (run) => perAccess(run, run.cycles.total);
  const refills = (run) => perAccess(run, 1000 * run.counters.tlb_refills);
  return element(
    "div",
    { class: "tiles" },
    tile(best.method, "takes the fewest cycles"),
    tile(tenths.format(cost(best)), "cycles an access by it"),
    tile(
      `${(cost(slowest) / cost(best)).toFixed(2)}×`,
      `as many by ${slowest.method}, the slowest`,
    ),
    tile(
      `${whole.format(refills(best))} : ${whole.format(refills(slowest))}`,
      `TLB refills in 1,000 accesses, by ${best.method} and ${slowest.method}`,
    ),
  );
}

function answer(file) {
  const [headline, ...why] = file.answer;
  return element(
    "section",
    { class: "card answer", "aria-label": "The answer" },
    element(
      "p",
      { class: "headline" },
      headline || "Nothing to compare: no method did the whole job.",
    ),
    tiles(file),
    ...why.map((line) => element("p", null, line)),
  );
}

function comparison(file) {
  return card(
    "Comparison",
    null,
    table("Comparison of the methods", file.table.headings, file.table.rows, {
      best: file.results.findIndex((run) => run.method === file.winner),
    }),
  );
}

function cycles({ results }) {
  if (!results.some((run) => run.counters.accesses)) return null;
  const parts = namesOf(results.map((run) => run.cycles)).filter(
    (name) => name !== "total" && name !== "kernel",
  );
  const series = parts
    .filter((part) => results.some((run) => run.cycles[part]))
    .map((part) => ({
      name: data.parts[part] || words(part),
      values: results.map((run) => perAccess(run, run.cycles[part] || 0)),
    }));
  if (!series.length) return null;
  return card(
    "Where the cycles go",
    "Cycles an access takes, by what the core spends them on.",
    stackedBars("Cycles an access, by part", methodsOf(results), series, "cycles an access"),
  );
}

function activities({ results }) {
  const runs = results.filter((run) => run.activities);
  if (!runs.some((run) => run.counters.accesses)) return null;
  const sums = runs.map((run) => {
    const sum = {};
    Object.values(run.activities).forEach((part) =>
      Object.entries(part).forEach(([name, cycles]) => {
        sum[name] = (sum[name] || 0) + cycles;
      }),
    );
    return sum;
  });
  const series = namesOf(sums)
    .filter((name) => sums.some((sum) => sum[name]))
    .map((name) => ({
      name: words(name),
      values: runs.map((run, i) => perAccess(run, sums[i][name] || 0)),
    }));
  if (!series.length) return null;
  const parts = namesOf(runs.map((run) => run.activities));
  return card(
    "What the core does",
    "The same cycles by what a core does in them, whoever it does it for.",
    stackedBars("Cycles an access, by activity", methodsOf(runs), series, "cycles an access"),
    folded(
      "By part and activity",
      table(
        "Cycles by part and activity",
        ["part and activity", ...methodsOf(runs)],
        parts.flatMap((part) =>
          namesOf(runs.map((run) => run.activities[part] || {})).map((name) => [
            `${data.parts[part] || words(part)}: ${words(name)}`,
            ...runs.map((run) => (run.activities[part] || {})[name]),
          ]),
        ),
      ),
    ),
  );
}

function flushes({ results }) {
  const names = namesOf(results.map((run) => run.counters)).filter((name) =>
    name.startsWith("flushes_"),
  );
  const series = names
    .filter((name) => results.some((run) => run.counters[name]))
    .map((name) => ({
      name: words(name.slice("flushes_".length)),
      values: results.map((run) => run.counters[name] || 0),
    }));
  if (!series.length) return null;
  return card(
    "TLB flushes by cause",
    "Why the kernel asked for TLB entries to be forgotten: of one page, or of the whole PID.",
    stackedBars("TLB flushes by cause", methodsOf(results), series, "flushes"),
  );
}

/** {"capacity": 7, "flush": {"remap": 3}} as {"capacity": 7, "flush: remap": 3}. */
function flattened(object) {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      typeof value === "object"
        ? Object.entries(value).map(([inner, count]) => [`${words(name)}: ${words(inner)}`, count])
        : [[words(name), value]],
    ),
  );
}

/** Cycles of refills by class, where a result has them. */
function refillCycles(runs) {
  const causes = runs.map((run) => flattened(run.refill_cycles || {}));
  return table(
    "Cycles of TLB refills by cause",
    ["class", ...methodsOf(runs)],
    namesOf(causes).map((name) => [name, ...causes.map((one) => one[name])]),
  );
}

function refills({ results }) {
  const runs = results.filter((run) => run.refills);
  const causes = runs.map((run) => flattened(run.refills));
  const series = namesOf(causes)
    .filter((name) => causes.some((one) => one[name]))
    .map((name) => ({ name, values: causes.map((one) => one[name] || 0) }));
  if (!series.length) return null;
  return card(
    "TLB refills by cause",
    "A refill after a flush is charged to what caused the flush.",
    stackedBars("TLB refills by cause", methodsOf(runs), series, "refills"),
    runs.some((run) => run.refill_cycles) ? folded("Their cycles", refillCycles(runs)) : null,
  );
}

function configuration(file) {
  return card(
    "How to get this again",
    file.command
      ? "This command runs the same comparison; the same version gives the same figures."
      : "No command: the tessera that made this page does not know every parameter of the result.",
    file.command
      ? element("pre", { class: "command", tabindex: "0", "aria-label": "Command" }, file.command)
      : null,
    folded(
      "Every parameter in force",
      table("Configuration", ["parameter", "value", "meaning"], file.configuration, {
        texts: true,
      }),
    ),
    folded("Every counter", counters(file)),
  );
}

function counters({ results }) {
  const names = namesOf(results.map((run) => run.counters));
  const parts = namesOf(results.map((run) => run.cycles));
  return table(
    "Counters and cycles",
    ["counter", ...methodsOf(results)],
    [
      ...names.map((name) => [name, ...results.map((run) => run.counters[name])]),
      ...parts.map((name) => [`cycles: ${name}`, ...results.map((run) => run.cycles[name])]),
    ],
  );
}
