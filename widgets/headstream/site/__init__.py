"""The course as a folder of static pages: `python -m headstream.site FOLDER` in the project's folder, or `make site`.

It stands here, beside the views that it hosts, so that one set of tools checks both; the wheel leaves it out.
"""
