import pytest

import headstream as hs


def marked():
    return "<b>"


def test_the_source_is_shown_folded_and_as_text():
    shown = hs.source(marked)
    assert repr(shown) == 'def marked():\n    return "<b>"'
    assert shown._repr_html_().startswith("<details><summary>what <code>marked</code> does</summary><pre>def marked()")
    assert "&lt;b&gt;" in shown._repr_html_()
    assert "<b>" not in shown._repr_html_()


@pytest.mark.parametrize("other", [print, 3, "text"])
def test_what_has_no_source_is_refused(other):
    with pytest.raises(TypeError, match="function: expected one written in Python, got"):
        hs.source(other)
