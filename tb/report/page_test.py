"""The page that `tessera report` makes, in a headless Chromium that has no network.

    page_test.py TESSERA RESULTS_FOLDER [SCREENSHOT_FOLDER]

Looks at it light and dark, 1400 and 400 pixels wide: nothing on the console, no request but for the
page itself, every plot drawn, read by keys and told by a table, nothing wider than the window. Exit
code 77 when there is no Chromium.
"""

import base64
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
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


SWEEP = """methods = ["mmap", "rfp"]
workload = "dbwin"
remaps = 500
touch = 3
seeds = 3
vm.max_map_count = 50
[grid]
window_pages = [16, 64]
element_pages = [1, 8, 32]
kernel = ["3.8", "6.1"]
"""


class Page(unittest.TestCase):
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

    def report(self, name, *files):
        page = self.folder / f"{name}.html"
        subprocess.run([self.tessera, "report", *map(str, files), "-o", str(page)], check=True)
        self.assertLess(page.stat().st_size, LARGEST_PAGE)
        return page

    def every_section(self):
        return self.report("every-section", self.results / "every-section.json")

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

    def test_one_result_as_the_program_writes_it(self):
        result = self.folder / "run.json"
        page = self.folder / "run.html"
        subprocess.run([self.tessera, "compare", "--accesses", "2000", "--json", str(result),
                        "--html", str(page)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        self.check_everywhere(page, 8)
        text = self.browser.evaluate("document.querySelector('.headline').textContent")
        self.assertRegex(text, r"^\w+ wins with [\d.]+ cycles an access;")

    def test_every_section(self):
        self.check_everywhere(self.every_section(), 8)

    def test_several_results(self):
        files = [self.results / "every-section.json", self.results / "version-1.json"]
        self.check_everywhere(self.report("several", *files), 1 + 8 + 2)

    def test_plots_and_tables_show_the_figures_of_the_file(self):
        page = self.every_section()
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        runs = json.loads((self.results / "every-section.json").read_text())["results"]
        plots = self.browser.evaluate(
            "[...document.querySelectorAll('canvas')].map((canvas) => Chart.getChart(canvas).data"
            ".datasets.map((set) => [set.label, set.data]))")
        cycles, activities, refills = plots[:3]
        for i, run in enumerate(runs):
            accesses = run["counters"]["accesses"]
            self.assertAlmostEqual(sum(values[i] for _, values in cycles),
                                   run["cycles"]["total"] / accesses)
            self.assertAlmostEqual(sum(values[i] for _, values in activities),
                                   run["cycles"]["total"] / accesses)
            self.assertEqual(sum(values[i] for _, values in refills),
                             run["counters"]["tlb_refills"])
            self.assertEqual(dict(refills)["flush: va dirty"][i],
                             run["refills"]["flush"]["va_dirty"])
        unmapped = self.browser.evaluate(
            "[...document.querySelectorAll('table[aria-label^=\"TLB refills by cause\"] tbody tr')]"
            ".map((row) => row.textContent)")
        for row, run in zip(unmapped, runs, strict=True):
            self.assertTrue(row.startswith(run["method"]), row)
            self.assertTrue(row.endswith(f"{run['counters']['tlb_refills']:,}"), row)

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def test_plots_are_read_with_the_arrow_keys(self):
        page = self.every_section()
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        for i in range(8):
            self.browser.evaluate(f"document.querySelectorAll('canvas')[{i}].focus()")
            read = f"document.querySelectorAll('.reading')[{i}].textContent"
            said = []
            for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
                self.press(key)
                said.append(self.browser.evaluate(read))
            self.assertTrue(said[0])
            self.assertNotEqual(said[0], said[1])
            self.assertEqual(said[0], said[2])
            self.check_places_of_lines(i, said[:2])
        self.assertEqual(self.trouble(page), [])

    def check_places_of_lines(self, i, said):
        """What is said of a plot of lines names the place, and only the points that are there."""
        sets, labels, title = self.browser.evaluate(
            f"(({{ data, options }}) => [data.datasets.map((set) => [set.label, set.data]),"
            f"data.labels.length, options.scales.x && options.scales.x.title.text])"
            f"(Chart.getChart(document.querySelectorAll('canvas')[{i}]))")
        if labels:
            return
        places = sorted({point["x"] for _, points in sets for point in points})
        for place, text in zip(places, said, strict=False):
            self.assertTrue(text.startswith(f"{place:,} {title}: "), text)
            there = [name for name, points in sets if any(one["x"] == place for one in points)]
            self.assertEqual(text.count(": "), 1 + len(there), text)

    def points_of_intervals(self):
        return self.browser.evaluate(
            "Chart.getChart([...document.querySelectorAll('canvas')].find((canvas) => canvas"
            ".getAttribute('aria-label').startsWith('Counters over the run'))).data.datasets"
            ".map((set) => set.data.map((point) => point.x))")

    def changed_document(self, name, change):
        document = json.loads((self.results / "every-section.json").read_text())
        change(document["results"])
        result = self.folder / f"{name}.json"
        result.write_text(json.dumps(document))
        page = self.report(name, result)
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        return page

    def test_intervals_stand_where_they_end(self):
        lengths = [250, 101, 4000, 100]

        def change(results):
            for i, run in enumerate(results):
                run["intervals"] = {"unit": "cycles", "every": 100, "series": {
                    "cycles": [length + i for length in lengths], "vmas": [1, 2, 3, 4]}}
        page = self.changed_document("uneven", change)
        for i, places in enumerate(self.points_of_intervals()):
            self.assertEqual(places, [sum(lengths[:k + 1]) + i * (k + 1) for k in range(4)])
        table = self.browser.evaluate(
            "document.querySelector('table[aria-label=\"cycles over the run\"]').textContent")
        self.assertIn("4,351", table)
        self.browser.evaluate("""(() => {
          const select = [...document.querySelectorAll("select")].find((one) =>
            [...one.options].some((option) => option.value === "vmas"));
          select.value = "vmas";
          select.dispatchEvent(new Event("change"));
        })()""")
        titles = self.browser.evaluate(
            "[...document.querySelectorAll('canvas')].map((canvas) => "
            "((Chart.getChart(canvas).options.scales.y || {}).title || {}).text)")
        self.assertIn("vmas at the end of an interval", titles)
        self.assertEqual(self.trouble(page), [])

    def test_the_heat_map_says_what_a_square_is(self):
        note = ("[...document.querySelectorAll('.note')].map((one) => one.textContent)"
                ".find((text) => text.startsWith('The window'))")
        for slots, pages, said in ((64, 1, "a square is 1 page."),
                                   (64, 3, "a square is 3 pages."),
                                   (4096, 1, "a square is the mean of 2 neighbours, 1 page each.")):
            def change(results, slots=slots, pages=pages):
                for run in results:
                    run["slots"] = {"pages": pages, "series": {"accesses": list(range(slots))}}
            page = self.changed_document("squares", change)
            self.assertTrue(self.browser.evaluate(note).endswith(said))
            self.assertEqual(self.trouble(page), [])

    def test_a_run_without_accesses(self):
        page = self.folder / "idle.html"
        subprocess.run([self.tessera, "compare", "--workload", "dbwin", "--remaps", "20", "--touch",
                        "0", "--methods", "none,mmap,rfp", "--html", str(page)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        text = self.browser.evaluate("document.body.innerText")
        self.assertRegex(self.browser.evaluate("document.querySelector('.headline').textContent"),
                         r"^There were no accesses .* rfp takes [\d,]+ cycles, mmap takes")
        self.assertNotIn("the whole job", text)
        self.assertNotIn("cycles an access", text.lower())
        self.assertEqual(self.trouble(page), [])

    def test_fits_on_paper_and_says_there_what_was_chosen(self):
        result = self.folder / "wide.json"
        subprocess.run([self.tessera, "compare", "--walker", "e6500", "--remaps", "3000",
                        "--workload", "dbwin", "--json", str(result)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        page = self.report("wide", result)
        paper = 718  # A4 at 96 dots an inch, less 1 cm on each side
        self.browser.show(page.as_uri(), paper, 1000, "light")
        self.browser.call("Emulation.setEmulatedMedia", media="print")
        self.assertLessEqual(
            self.browser.evaluate("document.documentElement.scrollWidth"), paper)
        chosen = self.browser.evaluate("""[...document.querySelectorAll("select")].map((select) => {
          select.selectedIndex = select.options.length - 1;
          select.dispatchEvent(new Event("change"));
          const text = select.parentElement.innerText;
          return [select.offsetWidth, text, select.selectedOptions[0].textContent];
        })""")
        self.browser.call("Emulation.setEmulatedMedia", media="")
        self.assertGreaterEqual(len(chosen), 4)
        for width, text, option in chosen:
            self.assertEqual(width, 0)
            self.assertTrue(text.endswith(option), text)

    def test_every_choice_draws(self):
        page = self.every_section()
        self.browser.show(page.as_uri(), 1400, 1000, "dark")
        chosen = self.browser.evaluate("""[...document.querySelectorAll("select")].map((select) =>
          [...select.options].map((option) => {
            select.value = option.value;
            select.dispatchEvent(new Event("change"));
          }).length).reduce((a, b) => a + b)""")
        self.assertGreaterEqual(chosen, 4 + 3 + 5 + 2)
        self.check_view(1400, 8)
        self.assertEqual(self.trouble(page), [])

    def test_is_printed_light_even_where_the_screen_is_dark(self):
        page = self.every_section()
        self.browser.show(page.as_uri(), 1400, 1000, "dark")
        colour = "getComputedStyle(document.body).backgroundColor"
        dark = self.browser.evaluate(colour)
        self.browser.call("Emulation.setEmulatedMedia", media="print",
                          features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.assertEqual(self.browser.evaluate(colour), "rgb(255, 255, 255)")
        self.assertNotEqual(dark, "rgb(255, 255, 255)")
        self.browser.call("Emulation.setEmulatedMedia", media="")

    def test_nothing_in_a_result_is_read_as_html_or_script(self):
        attack = "</script><img src=x onerror=\"window.attacked=1\"><!--<script>&amp;\u2028"
        document = json.loads((self.results / "every-section.json").read_text())
        document["config"].update(stream=attack, **{attack: attack})
        document["kernel_costs"] = attack
        run = document["results"][0]
        run["error"] = attack
        run["counters"][attack] = 7
        run["cycles"][attack] = 7
        run["refills"][attack] = {attack: 5}
        run["intervals"]["series"][attack] = [1, 2]
        run["latencies"][attack] = run["latencies"]["load"]
        run["slots"]["series"][attack] = [1, 2]
        folder = self.folder / "<b>&"
        folder.mkdir()
        result = folder / "<img src=x onerror=attacked()>.json"
        result.write_text(json.dumps(document))
        page = self.report("attack", result, self.results / "version-1.json")
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('img').length"), 0)
        self.assertIsNone(self.browser.evaluate("window.attacked"))
        self.assertIn("</script><img src=x", self.browser.evaluate("document.body.innerText"))
        self.assertEqual(self.trouble(page), [])

    def sweep(self, text=SWEEP):
        """A sweep and its page; of SWEEP, with repeats, refused places and runs that end in ENOMEM."""
        (self.folder / "sweep.toml").write_text(text)
        database, page = self.folder / "sweep.sqlite", self.folder / "sweep.html"
        database.unlink(missing_ok=True)
        subprocess.run([self.tessera, "sweep", str(self.folder / "sweep.toml"), "-o",
                        str(database)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        subprocess.run([self.tessera, "sweep", "report", str(database), "-o", str(page)],
                       check=True)
        self.assertLess(page.stat().st_size, LARGEST_PAGE)
        return database, page

    def test_a_sweep(self):
        database, page = self.sweep()
        self.check_everywhere(page, 2)
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        chosen = self.browser.evaluate("""[...document.querySelectorAll("select")].map((select) =>
          [...select.options].map((option) => {
            select.value = option.value;
            select.dispatchEvent(new Event("change"));
          }).length).reduce((a, b) => a + b)""")
        self.assertGreater(chosen, 40)
        self.check_view(1400, 2)
        self.assertEqual(self.trouble(page), [])
        # The lines' first points, against the mean of the rows.
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        sets = self.browser.evaluate(
            "Chart.getChart(document.querySelector('canvas')).data.datasets.map((set) => "
            "[set.label, set.data])")
        rows = sqlite3.connect(database).execute(
            """SELECT method, AVG(1.0 * "cycles.total" / "counters.accesses") FROM result
               WHERE window_pages = 16 AND element_pages = 1 AND kernel = '3.8'
               GROUP BY 1""").fetchall()
        self.assertEqual(len(rows), 2)
        for method, mean in rows:
            first = dict(sets)[method][0]
            self.assertEqual(first["x"], 16)
            self.assertAlmostEqual(first["y"], mean, places=9)
            self.assertGreater(first["half"], 0)
        self.assertEqual([point["x"] for point in dict(sets)["mmap: ENOMEM"]], [64])
        tables = self.browser.evaluate("[...document.querySelectorAll('table')].map((one) => "
                                       "[one.getAttribute('aria-label'), one.textContent])")
        for name, text in tables:
            if name not in ("Crossovers", "The same in all configurations"):
                self.assertIn("ENOMEM", text, name)

    def test_axes_of_a_sweep_say_their_values_in_their_places(self):
        _, page = self.sweep("""methods = ["mmap", "rfp"]
workload = "zipf"
visits = 20
[grid]
skew = [0.5, 1.25, 2]
element_pages = [1, 16]
""")
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        lines, rows = self.browser.evaluate("""[...document.querySelectorAll("canvas")].map(
          (canvas, i) => Chart.getChart(canvas).scales[i ? "y" : "x"].ticks
            .map((tick) => [tick.value, tick.label]))""")
        self.assertEqual(lines, [[0.5, "0.5"], [1.25, "1.25"], [2, "2"]])
        self.assertEqual(rows, [[0.5, "0.5"], [1.5, "1.25"], [2.5, "2"]])
        least, most = self.browser.evaluate("(({ min, max }) => [min, max])(Chart.getChart("
                                            "document.querySelector('canvas')).scales.x)")
        self.assertTrue(0.45 < least < 0.5 and 2 < most < 2.1, (least, most))

    def test_a_sweep_without_axes_and_one_with_nothing_done(self):
        text = """methods = ["mmap", "rfp"]
workload = "dbwin"
remaps = 77
"""
        database, page = self.sweep(text)
        self.check_everywhere(page, 1)
        shown = self.browser.evaluate("document.body.innerText")
        for part in ("remaps: 77", "2 of 2 runs done", "tessera sweep sweep.toml"):
            self.assertIn(part, shown)
        database, _ = self.sweep(text + "[grid]\ntouch = [1, 2]\nwindow_pages = [64, 128]\n")
        with sqlite3.connect(database) as rows:
            rows.execute("DELETE FROM value")
            rows.execute("UPDATE run SET state = 'missing'")
        subprocess.run([self.tessera, "sweep", "report", str(database), "-o", str(page)],
                       check=True)
        self.check_everywhere(page, 0)
        self.assertIn("No run is done.", self.browser.evaluate("document.body.innerText"))

    def test_a_sweep_that_is_unfinished(self):
        database, page = self.sweep()
        with sqlite3.connect(database) as rows:
            large = "json_extract(point, '$.element_pages') = 32"
            for which in (f"method = 'mmap' AND {large}", "seed = 2"):
                keys = ("SELECT key FROM run JOIN configuration ON id = configuration WHERE "
                        f"state = 'done' AND {which}")
                rows.execute(f"DELETE FROM value WHERE run IN ({keys})")
                rows.execute(f"UPDATE run SET state = 'missing', error = NULL WHERE key IN ({keys})")
        subprocess.run([self.tessera, "sweep", "report", str(database), "-o", str(page)],
                       check=True)
        self.check_everywhere(page, 2)
        shown = self.browser.evaluate("document.body.innerText")
        self.assertIn("Unfinished: ", shown)
        sets = self.browser.evaluate(
            "[...document.querySelectorAll('canvas')].slice(0, 1).flatMap((canvas) => "
            "Chart.getChart(canvas).data.datasets.map((set) => set.label))")
        self.assertFalse([label for label in sets if "missing" in label], sets)
        tables = self.browser.evaluate(
            "[...document.querySelectorAll('table')].map((one) => one.textContent).join()")
        self.assertIn("(n = 2)", tables)

    def test_these_checks_can_fail(self):
        text = self.every_section().read_text()
        csp = text.replace("http-equiv=\"Content-Security-Policy\"", "")
        for name, damaged in (
                ("console", text.replace("show(page());", "show(page()); console.error('x');")),
                ("exception", text.replace("show(page());", "show(page()); nothing();")),
                ("request", csp.replace("<footer>", "<footer><img src='http://example.org/x'>")),
                ("file", csp.replace("<footer>", "<footer><img src='beside.png'>"))):
            page = self.folder / f"{name}.html"
            page.write_text(damaged)
            self.browser.events.clear()
            self.browser.show(page.as_uri(), 1400, 1000, "light")
            time.sleep(0.1)
            self.browser.evaluate("1")
            self.assertNotEqual(self.trouble(page), [], name)
        page.write_text(text.replace("plot.chart = new Chart", "plot.chart = (() => {}) //"))
        self.browser.show(page.as_uri(), 1400, 1000, "light")
        with self.assertRaises(AssertionError):
            self.check_view(1400, 8)


if __name__ == "__main__":
    if PROGRAM is None:
        print("page_test.py: there is no chromium-headless-shell and no chromium: nothing checked")
        sys.exit(77)
    Page.tessera = sys.argv[1]
    Page.results = pathlib.Path(sys.argv[2])
    Page.screenshots = sys.argv[3] if len(sys.argv) > 3 else None
    unittest.main(argv=sys.argv[:1], verbosity=2)
