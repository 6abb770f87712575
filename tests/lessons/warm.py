"""python warm.py SOCKET: a process that has imported what takes lessons seconds to import, and forks.

Each fork does `python -m MODULE ARGUMENT ...` for whoever asks by ask.py, with the asker's folder, environment and
output. It ends with the asker, and this process with its standard input.
"""

import gc
import json
import os
import runpy
import select
import socket
import sys
import threading
import traceback


def main(path):
    sys.addaudithook(no_network)
    # Imports alone: what has run a model may have started threads, which a fork would lose.
    import anywidget  # noqa: F401
    import ipykernel.kernelapp  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import nbmake.pytest_plugin  # noqa: F401
    import torch._dynamo  # noqa: F401
    from transformer_lens.model_bridge import TransformerBridge  # noqa: F401

    import headstream

    for name in dir(headstream):  # each is imported when it is first asked for
        getattr(headstream, name)
    warm.set()
    gc.freeze()  # a collection would copy to each fork what it looks at
    children = set()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        print("listening", flush=True)
        while server in select.select([server, sys.stdin], [], [])[0]:
            asker, _ = server.accept()
            child = os.fork()
            if child == 0:
                server.close()
                become(asker)
            asker.close()
            children = {other for other in children if os.waitpid(other, os.WNOHANG)[0] == 0} | {child}
    for child in children:
        os.waitpid(child, 0)


warm = threading.Event()


def no_network(event, _):
    """Lessons are refused the network once their kernel runs (kernel_watch.py); their imports are refused it here."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname") and not warm.is_set():
        raise OSError(f"what lessons import has no network: {event}")


def become(asker):
    """Never returns: it is the module that was asked for, and then it ends."""
    request, files, *_ = socket.recv_fds(asker, 1 << 16, 2)
    while not request.endswith(b"\n"):
        request += asker.recv(1 << 16)
    (module, *arguments), folder, environment = json.loads(request)
    for number, file in zip((0, 1, 2), (os.open(os.devnull, os.O_RDONLY), *files), strict=True):
        os.dup2(file, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0], sys.argv = folder, [module, *arguments]
    threading.Thread(target=end_with, args=[asker], daemon=True).start()
    code = 1
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        asker.sendall(f"{code}\n".encode())
        os._exit(code)


def end_with(asker):
    if asker.recv(1) == b"":
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
