"""The settings of Sphinx."""

from headstream import __version__

project = html_title = "Headstream"
version = __version__
extensions = ["myst_nb", "headstream.site.extension"]
exclude_patterns = ["downloads"]

html_theme = "furo"
html_favicon = "favicon.svg"
html_copy_source = False
html_use_index = False
html_show_copyright = False
pygments_style = "friendly"
pygments_dark_style = "github-dark"

nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # views have a host of ours
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
html_math_renderer = "katex"
