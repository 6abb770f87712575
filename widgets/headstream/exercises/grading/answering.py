"""A student's kernel: `hs.check` asks the judge, who calls the answer on cases of its own.

It runs as `python -m headstream.exercises.grading.answering -f CONNECTION_FILE`; HEADSTREAM_JUDGE names the judge's
socket. All of it may be replaced from a notebook: what is right is known to the judge alone.
"""

from __future__ import annotations

import json
import os
import pickle
import socket
from typing import Any

from headstream.exercises import engine
from headstream.exercises.calling import Unanswered, Wrong, call
from headstream.exercises.exercise import Exercise
from headstream.exercises.grading.wire import plain, receive, send, told
from headstream.exercises.judge import Verdict
from headstream.exercises.sealed_models import is_sealed
from headstream.offline import refuse_network


def ask(exercise: Exercise, answer: Any) -> Verdict:
    """The judge's verdict. It tells no more than the status: what was expected is not to be learned here."""
    parts = answer if type(answer) is tuple else (answer,)
    function = next((part for part in parts if callable(part) and not is_sealed(part)), answer)
    with socket.socket(socket.AF_UNIX) as judge:
        judge.connect(os.environ["HEADSTREAM_JUDGE"])
        try:
            asked: dict[str, Any] = {"exercise": exercise.name, "answer": plain(answer)}
        except Exception as error:  # the student's own kind of object: it may fail at anything
            asked = {"exercise": exercise.name, "wrong": str(error)}
        send(judge, json.dumps(asked).encode())
        while (message := receive(judge))[:1] == b"c":
            send(judge, json.dumps(_returned(function, pickle.loads(message[1:]))).encode())  # pickled by the judge
        return Verdict(message[1:].decode())


def _returned(function: Any, arguments: tuple[Any, ...]) -> dict[str, Any]:
    try:
        return {"returned": plain(call(function, *arguments))}
    except (Wrong, Unanswered) as error:
        return told(error)
    except Exception as error:  # as in `ask`
        return {"wrong": f"{type(error).__name__} where your answer was read"}


def main() -> None:
    from ipykernel.kernelapp import launch_new_instance

    refuse_network("a graded notebook")
    engine.ask = ask
    launch_new_instance()


if __name__ == "__main__":
    main()
