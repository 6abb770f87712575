"""The rules that every lesson's text and code keep, each broken one told in a sentence."""

import ast
import re
from collections.abc import Iterator

import make
from headstream.exercises import all_exercises
from tests.lessons.harness import Notebook, code, exercise, names_bound, names_read

# A head is found by what it does: the models will be trained again, and then its index is another.
HEAD_INDEX = re.compile(
    r"\bheads?\s+(number\s+)?\d"  # head 1.6, head 6
    r"|\b\d{1,2}\.\d{1,2}\s+heads?\b"
    r"|\bL\d+H\d+\b"
    r"|\bhead\s*=\s*\d"
    r"|\bW_[QKVO]\[\s*\d+\s*,\s*\d"
    r"|\battention(\.pattern)?\[\s*\d+\s*,\s*\d"
    r"""|["']pattern["'],\s*\d+\]\[\s*\d""",
    re.I,
)
# How fast a lesson is read for the first time: words and lines of code a minute; and minutes for a prediction, for a
# picture, and for the beginning.
WORDS, LINES, PREDICTED, SEEN, BEGUN = 200, 8, 2, 1.5, 5
ABSOLUTE_PATH = re.compile(r"(?<![\w.:/<])/(home|mnt|opt|root|tmp|usr|var|work|Users)/|\b[A-Z]:\\\\?\w")


def broken(notebook: Notebook) -> list[str]:
    """Every rule that a lesson breaks; an empty list if there is none."""
    rules = (_stripped, _size, _minutes, _code, _names, _text, _parts, _exercises)
    found = [problem for rule in rules for problem in rule(notebook)]
    return list(dict.fromkeys(found))


def _stripped(notebook: Notebook) -> Iterator[str]:
    if make.stripped(notebook) != notebook:
        yield "it has outputs, counts, widget state or other metadata: `python make.py strip` clears them"
    if any("id" not in cell for cell in notebook["cells"]):
        yield "a cell has no id"
    ids = [cell.get("id") for cell in notebook["cells"]]
    if len(set(ids)) < len(ids):
        yield f"two cells have the id {max(ids, key=ids.count)!r}"
    if any("attachments" in cell for cell in notebook["cells"]):
        yield "a cell has an attachment"


def _size(notebook: Notebook) -> Iterator[str]:
    words = len(re.sub(r"^\|.*$", "", _prose(notebook), flags=re.M).split())  # tables are looked up, not read
    if not 600 <= words <= 1300:
        yield f"it has {words} words: 600 to 1,300 are one lesson"
    lengths = [_lines(cell) for cell in code(notebook) if not exercise(cell)]
    if not 8 <= len(lengths) <= 14:
        yield f"it has {len(lengths)} code cells besides the exercises: 8 to 14 are one lesson"
    if sum(length <= 8 for length in lengths) * 2 < len(lengths):
        yield "fewer than half of its code cells have 8 lines or fewer"
    longest = max((_lines(cell) for cell in code(notebook)), default=0)
    if longest > 25:
        yield f"a code cell has {longest} lines: 25 are the most"


def _minutes(notebook: Notebook) -> Iterator[str]:
    """Of the core: all that is read, its one exercise, every question and every picture."""
    words = len(re.sub(r"\||---", "", _prose(notebook)).split())
    exercises = [all_exercises()[name].minutes for name in map(exercise, code(notebook)) if name in all_exercises()]
    sources = [_source(cell) for cell in code(notebook) if not exercise(cell)][1:]  # without imports
    lines = sum(bool(line.strip()) for source in sources for line in source.splitlines())
    predicted = sum("hs.predict(" in source for source in sources)
    seen = sum(bool(re.search(r"\bhs\.[A-Z]\w*\(|plt\.show\(", source)) for source in sources)
    counted = words / WORDS + lines / LINES + sum(exercises[:1]) + PREDICTED * predicted + SEEN * seen + BEGUN
    said = re.search(r"\b(?:core|tour) takes (\d+) minutes", _prose(notebook))
    if said is None or abs(int(said[1]) - counted) > 6:
        yield f"it says {said[1] if said else 'no'} minutes: counted, its core takes {counted:.0f}"


def _code(notebook: Notebook) -> Iterator[str]:
    for number, cell in enumerate(code(notebook)):
        source = _source(cell)
        try:
            tree = ast.parse(source)
        except SyntaxError:
            yield f"a cell is not plain Python: {source.splitlines()[0]}"
            continue
        if number > 0 and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree)):
            yield f"a cell after the set-up cell imports: {source.splitlines()[0]}"
        if re.search("https?://", source):
            yield f"a cell has a web address: {source.splitlines()[0]}"


def _names(notebook: Notebook) -> Iterator[str]:
    """A cell run again must find what it found: no cell reads a name that two others bind."""
    try:
        bound = [names_bound(_source(cell), imports=False) for cell in code(notebook)]
        read = [names_read(_source(cell)) for cell in code(notebook)]
    except SyntaxError:
        return  # told by `_code`
    for name in sorted(set[str]().union(*read)):
        if sum(name in names for names in bound) > 1:
            yield f"a cell reads {name!r}, which two cells bind"


def _text(notebook: Notebook) -> Iterator[str]:
    for cell in notebook["cells"]:
        for line in _source(cell).splitlines():
            if HEAD_INDEX.search(line):
                yield f"it names a head by its index: {line.strip()}"
            if ABSOLUTE_PATH.search(line):
                yield f"it has an absolute path: {line.strip()}"
            if cell["cell_type"] == "markdown" and re.search(r"!\[[^]]*\]\(https?:|<(img|script|iframe)\b", line):
                yield f"its text fetches something: {line.strip()}"


def _parts(notebook: Notebook) -> Iterator[str]:
    """What every lesson has: predictions, the reader's own text, a question for the class, an exercise in a view."""
    sources = [_source(cell) for cell in code(notebook)]
    if not any("hs.predict(" in source for source in sources):
        yield "it asks for no prediction"
    turn = _prose(notebook).find("\n## Your turn\n")
    if turn < 0 or not any(re.search("^your_text = ", source, re.M) for source in sources):
        yield "it has no section 'Your turn' with a cell that sets your_text"
    asked = [cell["metadata"]["headstream"]["class_question"] for cell in notebook["cells"] if _is_question(cell)]
    if len(asked) != 1:
        yield f"it has {len(asked)} questions for the class: a lesson has one"
    for notes in asked:
        if set(notes) != {"minutes", "question", "expected", "misconceptions"} or not all(notes.values()):
            yield "the instructor's notes have other parts than minutes, question, expected and misconceptions"
    names = [name for cell in code(notebook) if (name := exercise(cell)) in all_exercises()]
    if not any(all_exercises()[name].verify for name in names):
        yield "no exercise is done in a view, or by finding something"
    core = next((i for i, cell in enumerate(notebook["cells"]) if exercise(cell)), None)
    if core is not None and "\n|---|" not in _source(notebook["cells"][core - 1]):
        yield "no table of shapes stands before its core exercise"


def _is_question(cell: Notebook) -> bool:
    return "class-question" in cell["metadata"].get("tags", [])


def _prose(notebook: Notebook) -> str:
    return "\n\n".join(_source(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown")


def _exercises(notebook: Notebook) -> Iterator[str]:
    before = ""
    for cell in notebook["cells"]:
        name, source = exercise(cell), _source(cell)
        if name is None:
            if cell["cell_type"] == "code" and re.search(r"\bcheck\(", source):
                yield f"a cell checks an answer but is not tagged as an exercise: {source.splitlines()[0]}"
        elif name not in all_exercises():
            yield f"no exercise is called {name!r}"
        else:
            if "..." not in source and not all_exercises()[name].verify:
                yield f"the exercise {name!r} has no ... to replace"
            if not re.search(rf"""\bcheck\(\s*["']{name}["']""", source):
                yield f"the cell of the exercise {name!r} does not check it"
            if f"{all_exercises()[name].minutes} min" not in before:
                yield f"the text before the exercise {name!r} does not say its {all_exercises()[name].minutes} minutes"
        before = source if cell["cell_type"] == "markdown" else before


def _source(cell: Notebook) -> str:
    return "".join(cell["source"])


def _lines(cell: Notebook) -> int:
    return sum(bool(line.strip()) for line in _source(cell).splitlines())
