"""The page that `tessera report` makes (page.py).

    page_test.py TESSERA RESULTS_FOLDER [SCREENSHOT_FOLDER]
"""

import json
import subprocess
import time

import page as pages


class Report(pages.PageTest):
    def report(self, name, *files):
        page = self.folder / f"{name}.html"
        subprocess.run([self.tessera, "report", *map(str, files), "-o", str(page)], check=True)
        self.assertLess(page.stat().st_size, pages.LARGEST_PAGE)
        return page

    def every_section(self):
        return self.report("every-section", self.results / "every-section.json")

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
    pages.main()
