"""The page that `tessera sweep report` makes (page.py).

    sweep_page_test.py TESSERA RESULTS_FOLDER [SCREENSHOT_FOLDER]
"""

import sqlite3
import subprocess

import page as pages

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


class SweepReport(pages.PageTest):
    def sweep(self, text=SWEEP):
        """A sweep and its page; SWEEP has repeats, refused places, runs that end in ENOMEM."""
        (self.folder / "sweep.toml").write_text(text)
        database, page = self.folder / "sweep.sqlite", self.folder / "sweep.html"
        database.unlink(missing_ok=True)
        subprocess.run([self.tessera, "sweep", str(self.folder / "sweep.toml"), "-o",
                        str(database)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        self.make_page(database, page)
        return database, page

    def make_page(self, database, page):
        subprocess.run([self.tessera, "sweep", "report", str(database), "-o", str(page)],
                       check=True)
        self.assertLess(page.stat().st_size, pages.LARGEST_PAGE)

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
        self.make_page(database, page)
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
                rows.execute("UPDATE run SET state = 'missing', error = NULL "
                             f"WHERE key IN ({keys})")
        self.make_page(database, page)
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


if __name__ == "__main__":
    pages.main()
