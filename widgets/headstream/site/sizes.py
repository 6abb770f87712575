"""How many bytes a page of the site has, and with all that it loads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

LIMITS = {"page": 500_000, "all": 1_500_000}  # bytes of a lesson's page: its own, and with all that it loads


def sizes(page: Path) -> dict[str, int]:
    """Bytes, uncompressed, of the page and of all together. Raises FileNotFoundError where a file is missing."""
    files = {page, *loaded(page)}
    return {"page": page.stat().st_size, "all": sum(file.stat().st_size for file in files)}


def loaded(page: Path) -> set[Path]:
    """All files that a page may load: scripts, styles, pictures, and what its styles load."""
    text = page.read_text(encoding="utf-8")
    scripts = re.findall(r'<(?:script|img)\b[^>]*?\bsrc="([^"]+)"', text)
    links = [
        tag for tag in re.findall(r"<link\b[^>]*>", text) if re.search(r'rel="(?:stylesheet|(?:shortcut )?icon)"', tag)
    ]
    found = {file for name in scripts + re.findall(r'href="([^"]+)"', "".join(links)) for file in _file(page, name)}
    classes = set(" ".join(re.findall(r'class="([^"]*)"', text)).split())
    return found | {file for style in found if style.suffix == ".css" for file in _named(style, classes)}


def _named(style: Path, classes: set[str]) -> Iterator[Path]:
    """The files that a style sheet loads for elements of these classes: of fonts only those that it sets them in."""
    blocks = re.findall(r"([^{}]+)\{([^{}]*)\}", style.read_text(encoding="utf-8"))
    fonts = [body for selectors, body in blocks if selectors.strip() == "@font-face"]
    rules = [(selectors, body) for selectors, body in blocks if selectors.strip() != "@font-face"]
    families = {
        family
        for selectors, body in rules
        for family in re.findall(r"KaTeX_\w+", body)
        if any(set(re.findall(r"\.([\w-]+)", selector)) <= classes for selector in selectors.split(","))
    }
    used = [font for font in fonts if any(re.search(rf"font-family:\"?{family}\b", font) for family in families)]
    for url in re.findall(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)", "".join([body for _, body in rules] + used)):
        yield from _file(style, url)


def _file(page: Path, name: str) -> Iterator[Path]:
    address = urlsplit(urldefrag(name)[0])
    if address.scheme != "data" and address.path:
        yield page.parent / unquote(address.path)


def report(site: Path, names: Sequence[str]) -> int:
    """Print the sizes of the lessons' pages, and return 1 if one is above a limit, else 0."""
    over = False
    for name in names:
        found = sizes(site / f"{name}.html")
        above = [kind for kind, limit in LIMITS.items() if found[kind] > limit]
        over = over or bool(above)
        note = f"  ABOVE ITS LIMIT ({', '.join(above)})" if above else ""
        print(f"{name:28}{found['page'] / 1000:8.0f} kB{found['all'] / 1000:8.0f} kB with all that it loads{note}")
    return int(over)
