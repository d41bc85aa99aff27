"""A page that tessera writes, in a headless Chromium that has no network.

Looks at it light and dark, 1400 and 400 pixels wide: nothing on the console, no request but for the
page itself, every plot drawn, read by keys and told by a table, nothing wider than the window.
"""

import base64
import pathlib
import shutil
import sys
import tempfile
import unittest

from chromium import Chromium

PROGRAM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
LARGEST_PAGE = 3_000_000
WIDTHS = (1400, 400)
SCHEMES = ("light", "dark")
TROUBLE = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")

# Pixels that are painted, and how many colours they have: a plot that failed is transparent.
CANVASES = """[...document.querySelectorAll("canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  let painted = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    painted += 1;
    colours.add((data[i] << 16) + (data[i + 1] << 8) + data[i + 2]);
  }
  return {
    label: canvas.getAttribute("aria-label"),
    share: 4 * painted / data.length,
    colours: colours.size,
    rows: canvas.closest("figure").querySelectorAll("tbody tr").length,
    focusable: canvas.tabIndex === 0,
  };
})"""

# The smallest contrast (WCAG 2) of any text with the colour behind it.
CONTRAST = """(() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  let least = 21;
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!own || ["SCRIPT", "STYLE", "NOSCRIPT", "OPTION"].includes(node.tagName)) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return least;
})()"""


class PageTest(unittest.TestCase):
    """A page in a browser, and what every page has to be."""

    tessera = results = screenshots = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="tessera-page-"))
        cls.browser = Chromium(PROGRAM)

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.browser.events.clear()

    def trouble(self, page):
        """What was said on the console, and asked of the network."""
        requests = [event["params"]["request"]["url"]
                    for event in self.browser.named("Network.requestWillBeSent")]
        foreign = [url for url in requests
                   if url != page.as_uri() and not url.startswith("data:")]
        return [str(event["params"])[:500] for event in self.browser.named(*TROUBLE)] + foreign

    def take_screenshot(self, page, width, scheme):
        if not self.screenshots:
            return
        height = self.browser.evaluate("document.documentElement.scrollHeight")
        picture = self.browser.call(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True,
            clip={"x": 0, "y": 0, "width": width, "height": height, "scale": 1})
        path = pathlib.Path(self.screenshots) / f"{page.stem}-{width}-{scheme}.png"
        path.write_bytes(base64.b64decode(picture["data"]))

    def check_everywhere(self, page, plots):
        for width in WIDTHS:
            for scheme in SCHEMES:
                with self.subTest(page=page.name, width=width, scheme=scheme):
                    self.browser.show(page.as_uri(), width, 1000, scheme)
                    self.check_view(width, plots)
                    self.take_screenshot(page, width, scheme)
        self.assertEqual(self.trouble(page), [])

    def check_view(self, width, plots):
        canvases = self.browser.evaluate(CANVASES)
        self.assertEqual(len(canvases), plots)
        for canvas in canvases:
            self.assertGreater(canvas["share"], 0.02, canvas)
            self.assertGreater(canvas["colours"], 10, canvas)
            self.assertGreater(canvas["rows"], 0, canvas)
            self.assertTrue(canvas["focusable"] and canvas["label"], canvas)
        self.assertLessEqual(
            self.browser.evaluate("document.documentElement.scrollWidth"), width)
        self.assertGreaterEqual(self.browser.evaluate(CONTRAST), 4.5)


def main():
    """Runs the tests: TESSERA RESULTS_FOLDER [SCREENSHOT_FOLDER]. Exit code 77 without Chromium."""
    if PROGRAM is None:
        print("there is no chromium-headless-shell and no chromium: nothing checked")
        sys.exit(77)
    PageTest.tessera = sys.argv[1]
    PageTest.results = pathlib.Path(sys.argv[2])
    PageTest.screenshots = sys.argv[3] if len(sys.argv) > 3 else None
    unittest.main(argv=sys.argv[:1], verbosity=2)
