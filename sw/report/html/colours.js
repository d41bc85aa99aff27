// Colours of heat maps.

// Cividis (Nuñez, Anderton, Renslow 2018), made for every colour vision, at equal steps.
const cividis = [
  [0, 34, 78],
  [26, 56, 111],
  [64, 77, 107],
  [94, 98, 109],
  [123, 123, 120],
  [155, 148, 118],
  [188, 175, 111],
  [222, 203, 93],
  [254, 232, 56],
];

/** The colour of a share from 0 to 1. */
function heat(share) {
  const at = Math.min(Math.max(share, 0), 1) * (cividis.length - 1);
  const low = Math.min(Math.floor(at), cividis.length - 2);
  const mixed = cividis[low].map((from, i) =>
    Math.round(from + (cividis[low + 1][i] - from) * (at - low)),
  );
  return `rgb(${mixed.join(",")})`;
}

/** The colours' scale from 0 on, with a place for the text at its end. */
function colourScale(least, highest) {
  const gradient = cividis.map((_, i) => heat(i / (cividis.length - 1))).join(",");
  return element(
    "div",
    { class: "scale", "aria-hidden": "true" },
    least,
    element("i", { style: `background: linear-gradient(to right, ${gradient})` }),
    highest,
  );
}
