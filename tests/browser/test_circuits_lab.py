"""CircuitTable, Spectrum and CompositionGraph in a real JupyterLab: their numbers are numpy's, and a kernel answers."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Browser

from tests.browser.lab import ROOT, Lab, write_notebook
from tests.browser.settle import settled
from tests.views.circuits import circuit
from tests.views.compositions import edges_of, random_composition
from tests.views.spectrums import random_spectra

WORDS = tuple(f" word{token}" for token in range(200))
CELLS = (
    f"import sys\nsys.path.append({str(ROOT)!r})\n"
    "import headstream as hs\n"
    "from tests.views.circuits import circuit\n"
    "from tests.views.compositions import random_composition\n"
    "from tests.views.spectrums import random_spectra\n"
    "words = tuple(f' word{token}' for token in range(200))",
    "table = hs.CircuitTable(circuit(words))\ntable",
    "spectrum = hs.Spectrum(random_spectra(words[:9], 3, 5))\nspectrum",
    "graph = hs.CompositionGraph(random_composition(3, 2))\nhs.link(spectrum, graph)\ngraph",
)


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_numbers_are_numpys_and_the_kernel_answers(browser: Browser, lab: Lab) -> None:
    write_notebook(lab.folder / "circuits.ipynb", *CELLS, kernel="warm")
    opened = lab.open(browser, "circuits.ipynb", height=2600)  # all views at once
    opened.run_all()
    page = opened.page
    table, spectrum, graph = (
        page.locator(f".headstream.hs-{name}") for name in ("circuit_table", "spectrum", "composition_graph")
    )
    settled(page)

    held = circuit(WORDS)
    assert held.on_text is not None
    values = [number(text) for text in table.locator(".hs-row td:nth-child(3)").all_inner_texts()]
    np.testing.assert_allclose(values, held.on_text.value, atol=0.0051)
    box = table.locator(".hs-circuit-ask input")
    box.fill("WORD17")
    table.locator(".hs-circuit-found button").first.wait_for()  # Python has searched the vocabulary
    box.press("Enter")
    page.wait_for_function("document.querySelectorAll('.hs-circuit-list li').length === 20")
    row = [number(text) for text in table.locator("[data-end=row] li > :last-child").all_inner_texts()]
    order = np.argsort(-held.row(17))
    np.testing.assert_allclose(row, held.row(17)[[*order[:5], *order[-5:]]], atol=0.0051)

    spectra = random_spectra(WORDS[:9], 3, 5)
    dots = spectrum.locator(".hs-spectrum-head").evaluate_all("(dots) => dots.map((dot) => dot.dataset.value)")
    np.testing.assert_allclose([number(text) for text in dots], spectra.score, atol=0.0051)

    composition = random_composition(3, 2)
    shown = graph.locator(".hs-row")
    _, a, b = edges_of(composition, 0)[0]
    arrow = "{}.{} → {}.{}".format(*composition.heads[a], *composition.heads[b])
    assert arrow in shown.first.inner_text()
    shown.first.click()
    settled(page)
    where = "{}.{}".format(*composition.heads[a])
    assert where in spectrum.locator(".hs-readout").inner_text()  # linked
    assert opened.problems == []
    opened.close()
