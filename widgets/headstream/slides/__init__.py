"""Lessons for whoever stands in front of a class: as slides, and with solutions and notes.

Not in the wheel: it is made of the lessons, with nbclient and nbconvert, and Node bundles what the slides run on.
"""
