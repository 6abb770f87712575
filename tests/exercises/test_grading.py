"""Students' notebooks are run and judged: what is right passes, and nothing that a notebook does makes wrong right."""

import csv
import os
import subprocess
import sys

import pytest

from headstream.exercises.grading import notebooks, sandbox
from headstream.exercises.grading.sandbox import Limits

from .graded import NAMES, QUICK, RIGHT, WRONG, row, write

pytestmark = [
    pytest.mark.slow,  # each starts a kernel
    pytest.mark.skipif(os.name == "nt", reason="grading needs Linux or macOS"),
]
closed = pytest.mark.skipif(
    not (sandbox.namespaces() and sandbox.landlock()), reason="this system closes no room; its gaps are told"
)
PASSED = dict.fromkeys(NAMES, "passed")
NOT_YET = dict.fromkeys(NAMES, "not yet")

# Each stands before wrong answers.
TAMPERING = {
    "the check": "hs.check = lambda name, answer: print('✓ passed:', name)",
    "who is asked": """
from headstream.exercises import engine
from headstream.exercises.judge import Verdict
engine.ask = lambda *_: Verdict("passed")
""",
    "the judge's functions, numpy's and Python's": """
import builtins, json
from headstream.exercises import answers, judge
from headstream.exercises.grading import judging, wire
answers.right = answers.same = judge.right = judge._told = lambda *_, **__: True
judge.judge = lambda *_: None
judging.verdict = judge.verdict = lambda *_: judge.Verdict("passed")
np.isclose = np.allclose = lambda *_, **__: np.array(True)
Exercise = type(hs.exercises.find("first_model"))
Exercise.cases = Exercise.verify = lambda *_: ""
builtins.all = lambda *_: True
""",
    "messages": """
import os, pickle, socket, struct
class Boom:
    def __reduce__(self):
        return os.system, ("touch " + os.environ["HOME"] + "/run",)
def say(*messages):
    with socket.socket(socket.AF_UNIX) as judge:
        judge.connect(os.environ["HEADSTREAM_JUDGE"])
        for message in messages:
            judge.sendall(struct.pack("!I", len(message)) + message)
say(b'{"exercise": "first_model", "status": "passed"}')
say(b'vpassed')
say(pickle.dumps(Boom()))
say(b'{"exercise": "first_model", "answer": {"function": true}}', pickle.dumps(Boom()))
say(b'{"exercise": "first_model", "answer": {"function": true}}', b'{"returned": {"shape": [-1], "float64": ""}}')
say(b'{"exercise": ["first_model"], "answer": 1}', b'[' * 100000)
""",
    "what it says of its end": """
import os, pathlib, sys
sys.__stdout__.write("notebook.ipynb  ✓  ✓  2 of 2")
os.symlink("/dev/zero", pathlib.Path(os.environ["HOME"], "ended.json"))
""",
}


def test_all_right_passes(tmp_path):
    found = row(tmp_path)
    assert (found.found, found.remark, found.changed) == (PASSED, "", False)


def test_blank_and_half_wrong(tmp_path):
    blank = tuple(f"hs.check('{name}', ...)" for name in NAMES)
    assert row(tmp_path, answers=blank).found == dict.fromkeys(NAMES, "unanswered")
    half = row(tmp_path, "1 / 0", answers=(RIGHT[0], WRONG[1]))
    assert half.found == {"induction_rule": "passed", "first_model": "not yet"}
    assert half.remark == "cell 2: ZeroDivisionError: division by zero"


@pytest.mark.parametrize("what", TAMPERING)
def test_whatever_is_replaced_or_said_wrong_answers_do_not_pass(what, tmp_path):
    found = row(tmp_path, TAMPERING[what], answers=WRONG)
    assert "passed" not in found.found.values()
    assert (found.exercises, found.changed) == (list(NAMES), False)
    assert found.found == {} or found.found == NOT_YET


@pytest.mark.parametrize("exit", ["import os; os._exit(0)", "exit()"])
def test_a_kernel_that_ends_keeps_what_it_had_passed(exit, tmp_path):
    found = row(tmp_path, answers=(RIGHT[0], f"{exit}\n{RIGHT[1]}"))
    assert found.found["induction_rule"] == "passed"
    assert found.found.get("first_model") in (None, "passed")  # exit() ends the kernel after its cell


@closed
def test_it_neither_ends_nor_sees_who_judges_nor_writes_nor_reads_past_its_folder(tmp_path):
    source = f"""
import os, signal
told = []
for path in ({str(tmp_path / "notebook.ipynb")!r}, hs.exercises.__file__, os.path.expanduser("~root/.bashrc")):
    for mode in "ra":
        try:
            open(path, mode)
            told.append(f"{{mode}} {{path}}")
        except OSError:
            pass
assert told == [f"r {{hs.exercises.__file__}}"], told
assert {os.getpid()} not in [int(name) for name in os.listdir("/proc") if name.isdecimal() and int(name) > 9]
import socket
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    try:
        socket.socket(socket.AF_INET, kind).connect(("127.0.0.1", 9))
    except OSError:
        continue
    raise AssertionError("a network")
"""
    assert row(tmp_path, source).remark == ""
    ended = row(tmp_path, "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(-1, signal.SIGKILL)")
    assert (ended.found, ended.remark) == ({}, "its processes were ended")


def test_loops_are_interrupted_and_at_the_end_ended(tmp_path):
    loop = "while True:\n        pass\n"
    answer = f"def first_model(*_):\n    {loop}\nhs.check('first_model', first_model)"
    loops = row(tmp_path, f"if hs:\n    {loop}", answers=(RIGHT[0], answer), limits=Limits(seconds=200, cell_seconds=4))
    assert loops.found == {"induction_rule": "passed", "first_model": "not yet"}
    assert loops.remark == "cell 2: interrupted after 4 s; cell 4: interrupted after 4 s"
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    assert row(tmp_path, stubborn, limits=Limits(seconds=16, cell_seconds=4)).remark == "stopped: it took too long"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS sets no limit to memory")
def test_memory_has_a_limit(tmp_path):
    found = row(tmp_path, "x = np.ones(10**9)", limits=Limits(seconds=120, cell_seconds=60, memory=4 * 2**30))
    assert found.found == PASSED
    assert found.remark.startswith("cell 2: ")
    assert "Unable to allocate 7.45 GiB" in found.remark


def test_macos_is_asked_for_no_limit_that_it_refuses(monkeypatch):
    asked = {}
    monkeypatch.setattr(sandbox.resource, "setrlimit", lambda what, most: asked.update({what: most[0]}))
    sandbox.limit(QUICK)
    assert asked.pop(sandbox.resource.RLIMIT_AS) == QUICK.memory
    everywhere = dict(asked)
    asked.clear()
    monkeypatch.setattr(sandbox.sys, "platform", "darwin")
    sandbox.limit(QUICK)
    assert asked == everywhere
    assert len(asked) == 3
    assert "nobody has tried grading there" in sandbox.gaps()[-1]


def test_where_no_room_can_be_closed_that_is_told_and_a_changed_package_ends_grading(tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "namespaces", lambda: ())
    monkeypatch.setattr(sandbox, "namespaces", lambda: ())
    monkeypatch.setattr(sandbox, "landlock", lambda: 0)
    assert [gap.partition(":")[0] for gap in sandbox.gaps()][:2] == ["no namespaces here", "no Landlock here"]
    monkeypatch.setattr(notebooks, "_fingerprint", iter(["before", "after"]).__next__)
    found = row(tmp_path)
    assert (found.found, found.changed) == ({}, True)


def test_no_notebook_is_a_row_too(tmp_path):
    for name, text in (("text", "not JSON"), ("deep", "[" * 100_000), ("list", "[]"), ("cells", '{"cells": [1]}')):
        path = tmp_path / f"{name}.ipynb"
        path.write_text(text)
        assert notebooks.graded(path, QUICK, None, 1).exercises == []


def test_the_command_prints_a_table_and_writes_a_file(tmp_path):
    paths = [write(tmp_path / "=ann.ipynb"), write(tmp_path / "bob.ipynb", answers=(WRONG[0], "")), tmp_path / "none"]
    command = [sys.executable, "-m", "headstream.exercises", "grade", *paths, "--csv", tmp_path / "all.csv"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    head, ann, bob, none, *_ = done.stdout.splitlines()
    assert head.split() == ["notebook", *NAMES, "passed", "seconds", "remark"]
    assert ann.split()[:6] == ["=ann.ipynb", "✓", "✓", "2", "of", "2"]
    assert bob.split()[:6] == ["bob.ipynb", "✗", "-", "0", "of", "2"]
    assert none.split()[:4] == ["none", "0", "of", "0"]
    rows = list(csv.reader((tmp_path / "all.csv").open()))
    assert [line[:5] for line in rows[1:]] == [
        ["'=ann.ipynb", "passed", "passed", "2", "2"],
        ["bob.ipynb", "not yet", "not checked", "0", "2"],
        ["none", "", "", "0", "0"],
    ]
