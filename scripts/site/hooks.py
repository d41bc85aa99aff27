"""What MkDocs does with tessera's documents beyond its own (mkdocs.yml).

The README and the changelog are pages of the site; the folders that a nav entry names by `*` are
lists of their pages; what Doxygen made is the folder api; a bar that GitHub wants escaped in the
code of a table is a bar; and links that leave docs/ do not die:
those to pages of the site lead there, those to other files of the repository become their names.
"""

import os
import re
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]
PAGES_OF_ROOT = ("README.md", "CHANGELOG.md")
CODE = re.compile(r"(?<!<pre>)<code>[^<]*</code>")
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]+)\]\((?P<target>[^)\s]+)\)")


def on_config(config):
    for entry in config["nav"]:
        for title, pages in entry.items():
            if isinstance(pages, str) and "*" in pages:
                found = sorted(Path(config["docs_dir"]).glob(pages))
                entry[title] = [str(path.relative_to(config["docs_dir"])) for path in found]
    return config


def on_files(files, config):
    def add(name, folder):
        files.append(File(name, str(folder), config["site_dir"], config["use_directory_urls"]))

    for name in PAGES_OF_ROOT:
        add(name, ROOT)
    for name in ("favicon.svg", "site.css"):
        add(name, Path(__file__).parent)
    if "TESSERA_API" not in os.environ:
        raise PluginError("scripts/docs builds the site: it makes the API's pages first")
    api = Path(os.environ["TESSERA_API"])
    for path in sorted(api.rglob("*")):
        if path.is_file():
            add(f"api/{path.relative_to(api)}", api.parent)
    return files


def on_page_markdown(markdown, page, config, files):
    sources = {Path(file.abs_src_path).resolve(): file.src_uri for file in files}
    folder = Path(page.file.abs_src_path).resolve().parent

    def rewritten(link):
        target, mark, anchor = link["target"].partition("#")
        if not target or "://" in target:
            return link[0]
        path = (folder / target).resolve()
        if path.is_dir():
            path = next((one for one in sorted(path.glob("*.md")) if one in sources), path)
        if path in sources:
            here = os.path.dirname(page.file.src_uri)
            return f"[{link['text']}]({os.path.relpath(sources[path], here or '.')}{mark}{anchor})"
        if not path.exists():
            return link[0]  # MkDocs complains
        name = str(path.relative_to(ROOT))
        return link["text"] if name in link["text"] else f"{link['text']} (`{name}`)"

    return LINK.sub(rewritten, markdown)


def on_page_content(html, page, config, files):
    return CODE.sub(lambda code: code[0].replace("\\|", "|"), html)
