"""The lessons, and what each tells of itself: its objective, what it needs, its minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from headstream import exercises
from headstream.site.notebook import Notebook, noted, read, source

ROOT = Path(__file__).parents[3]
LESSONS = ROOT / "lessons"


@dataclass(frozen=True)
class Lesson:
    """A notebook as it is committed. name: its file's, without the suffix."""

    name: str
    notebook: Notebook

    @property
    def number(self) -> str:
        return self.name.partition("-")[0]

    @cached_property
    def opening(self) -> str:
        """Its first cell's text, which tells all that the front page tells of it."""
        return source(self.notebook["cells"][0])

    def _told(self, pattern: str, what: str) -> str:
        found = re.search(pattern, self.opening, re.MULTILINE)
        if not found:
            raise ValueError(f"lesson {self.name}: its first cell does not tell {what}")
        return found[1].strip()

    @property
    def title(self) -> str:
        return self._told(r"^# \w+ · (.+)$", "its title, as in '# 02 · The residual stream'")

    @property
    def objective(self) -> str:
        text = self._told(r"^\*\*Objective\.\*\* (.+)$", "its objective, after '**Objective.**'")
        return re.sub(r" The core takes .*", "", text)

    @property
    def prerequisites(self) -> str:
        """A sentence in words."""
        pattern = r"(?:^|[.] )((?:You need|Lessons? \d)[^.:]*[.:])"
        return self._told(pattern, "what it needs, in a sentence that begins with 'You need' or 'Lesson 02'")[:-1] + "."

    @property
    def needs(self) -> tuple[str, ...]:
        """The numbers of the lessons in that sentence; of 'Lessons 02 to 14' the last."""
        if self.prerequisites.startswith("You need"):
            return ()
        return tuple(re.findall(r"\b(\d\d[a-z]?)\b(?! to )", self.prerequisites))

    @property
    def minutes(self) -> int:
        """Of the core."""
        pattern = r"\b(?:core|tour) takes (\d+) minutes"
        return int(self._told(pattern, "its minutes, as in 'The core takes 40 minutes'"))

    @property
    def exercises(self) -> list[str]:
        tagged = [cell for cell in self.notebook["cells"] if "exercise" in cell["metadata"].get("tags", [])]
        return [noted(cell, "exercise") for cell in tagged]

    @property
    def own_minutes(self) -> int:
        """Of the exercises after the first, which the core has."""
        return sum(exercises.find(name).minutes for name in self.exercises[1:])


def lessons(folder: Path = LESSONS) -> list[Lesson]:
    """All of them, in reading order."""
    return [Lesson(path.stem, read(path)) for path in sorted(folder.glob("*.ipynb"))]
