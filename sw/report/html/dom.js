// What the page shows, and making elements. All text goes in as text nodes: nothing from a result
// is ever read as HTML.

const data = JSON.parse(document.getElementById("data").textContent);

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** A number as a person reads it: whole if it is, or large; else with a tenth. */
function shown(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  return Number.isInteger(value) || Math.abs(value) >= 10000
    ? whole.format(value)
    : tenths.format(value);
}

/** "page_fault" as "page fault". */
function words(name) {
  return name.replaceAll("_", " ");
}

/** A table: `rows` are arrays, the row's heading first. `best` is the index of a row. */
function table(caption, headings, rows, { best = -1, texts = false } = {}) {
  const head = headings.map((heading) => element("th", { scope: "col" }, heading));
  const body = rows.map((row, i) =>
    element(
      "tr",
      i === best ? { class: "best" } : null,
      ...row.map((cell, k) =>
        k === 0 ? element("th", { scope: "row" }, shown(cell)) : element("td", null, shown(cell)),
      ),
    ),
  );
  const made = element(
    "table",
    { "aria-label": caption, class: texts ? "texts" : null },
    element("thead", null, element("tr", null, ...head)),
    element("tbody", null, ...body),
  );
  return element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    made,
  );
}

/** A table that stays closed until asked for. */
function folded(summary, ...content) {
  return element("details", null, element("summary", null, summary), ...content);
}

// Of the headings of cards; one deeper where a page has several results.
let cardHeading = "h2";

function card(title, note, ...content) {
  return element(
    "section",
    { class: "card" },
    element(cardHeading, { class: "card-title" }, title),
    note ? element("p", { class: "note" }, note) : null,
    ...content,
  );
}

let labels = 0;

/** A labelled choice among `options`, [value, text] each; on paper, what is chosen. */
function choice(label, options, changed) {
  const id = `choice-${++labels}`;
  const select = element(
    "select",
    { id },
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  const chosen = element("b", { class: "chosen", "aria-hidden": "true" });
  const say = () => {
    chosen.textContent = select.selectedOptions.length ? select.selectedOptions[0].textContent : "";
  };
  select.addEventListener("change", () => {
    say();
    changed(select.value);
  });
  say();
  return element("span", null, element("label", { for: id }, `${label} `), select, chosen);
}
