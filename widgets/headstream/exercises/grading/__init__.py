"""Students' notebooks, graded: `python -m headstream.exercises grade NOTEBOOK ...`.

Answers run in one process and are judged in another. The judge (`judging`) makes fresh cases and keeps what is right.
A student's kernel (`answering`), run in a closed room (`running`, `sandbox`), is sent the cases' arguments and sends
back plain data (`wire`). So whatever an answer replaces, in hs.check, in numpy or in this package, is replaced where
nothing is judged. What is found in a view is judged on the same view of the lesson as it is shipped (`lesson`).
"""
