"""The pictures of the documents: what they show, and rules that they keep.

In the line before a picture stands what it shows,

    <!-- picture of PAGE, card "TITLE" -->
    <!-- picture of PAGE, card "TITLE", Label = choice -->

a card of a page that a console block of the same document has made; "top" is the page down to the
end of its first card, and a choice is made in the card.
"""

import base64
import dataclasses
import json
import pathlib
import re

import documents

FOLDER = documents.ROOT / "docs/pictures"
LARGEST = 120_000  # bytes
LARGEST_SUM = 1_000_000
WIDTH = 1000  # of the window, in pixels
TOLD = re.compile(r'<!-- picture of (\S+), card "([^"]+)"((?:, [^,=]+ = [^,=]+)*) -->')
SHOWN = re.compile(r"!\[([^\]]*)\]\(((?:docs/)?pictures/([\w-]+\.png))\)")

# The page's coordinates of what a picture shows, after the choices were made.
CLIP = """((title, choices) => {
  const cards = [...document.querySelectorAll(".card")];
  const named = cards.find((one) => {
    const heading = one.querySelector(".card-title");
    return heading && heading.textContent === title;
  });
  const chosen = title === "top" ? document.body : named;
  if (!chosen) return "no such card";
  for (const [label, text] of choices) {
    const mark = [...chosen.querySelectorAll("label")]
      .find((one) => one.textContent.trim() === label);
    const select = mark && document.getElementById(mark.htmlFor);
    const option = select && [...select.options].find((one) => one.textContent === text);
    if (!option) return `no choice ${label} = ${text}`;
    select.value = option.value;
    select.dispatchEvent(new Event("change"));
  }
  const box = chosen.getBoundingClientRect();
  const bottom = title === "top" ? cards[0].getBoundingClientRect().bottom + 8 : box.bottom;
  return [box.left + scrollX, box.top + scrollY, box.width, bottom - box.top];
})"""


@dataclasses.dataclass
class Picture:
    """One picture of a document."""
    document: pathlib.Path
    line: int
    alt: str
    path: pathlib.Path
    page: str
    card: str
    choices: list  # [label, text]

    @property
    def where(self):
        return f"{self.document.relative_to(documents.ROOT)}:{self.line}"


def pictures_of(document):
    """The pictures of a document; ValueError for one that does not say what it shows."""
    lines = document.read_text(encoding="utf-8").split("\n")
    found = []
    for number, line in enumerate(lines, 1):
        for alt, target, name in SHOWN.findall(line):
            told = TOLD.fullmatch(lines[number - 2])
            if told is None:
                raise ValueError(f"{document}:{number}: the line before does not say of what")
            if (document.parent / target).resolve() != FOLDER / name:
                raise ValueError(f"{document}:{number}: there is no {target}")
            choices = [part.split(" = ") for part in told[3].split(", ")[1:]]
            found.append(Picture(document, number, alt, FOLDER / name, told[1], told[2], choices))
    return found


def complaints():
    """What is wrong with the documents' pictures, and how many there are."""
    wrong, pictures = [], []
    for document in documents.documents():
        pictures += pictures_of(document)
    for picture in pictures:
        if not picture.path.exists():
            wrong.append(f"{picture.where}: scripts/pictures has not made {picture.path.name}")
        elif picture.path.stat().st_size > LARGEST:
            wrong.append(f"{picture.where}: {picture.path.name} is larger than {LARGEST} bytes")
        if len(picture.alt.split()) < 4:
            wrong.append(f"{picture.where}: says nothing to those who do not see it")
    files = set(FOLDER.glob("*"))
    for path in sorted(files - {picture.path for picture in pictures}):
        wrong.append(f"{path.name}: in no document")
    if sum(path.stat().st_size for path in files) > LARGEST_SUM:
        wrong.append(f"the pictures are larger than {LARGEST_SUM} bytes")
    return wrong, len(pictures)


def take(browser, folder, picture):
    """Writes one picture from a page in `folder`."""
    browser.show((folder / picture.page).as_uri(), WIDTH, 1000, "light")
    wanted = f"{json.dumps(picture.card)}, {json.dumps(picture.choices)}"
    clip = browser.evaluate(f"{CLIP}({wanted})")
    if isinstance(clip, str):
        raise ValueError(f"{picture.where}: {clip}")
    # Two frames until a choice is drawn.
    browser.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    left, top, width, height = clip
    shot = browser.call(
        "Page.captureScreenshot", format="png", captureBeyondViewport=True,
        clip={"x": left, "y": top, "width": width, "height": height, "scale": 1})
    picture.path.write_bytes(base64.b64decode(shot["data"]))
