"""Start-up file of the kernels that lessons are tested in: no network, and a record of time and memory.

The harness copies it into its own IPYTHONDIR and names the record's file in HEADSTREAM_KERNEL_RECORD.
"""

import json
import os
import sys
import time

from IPython import get_ipython

from headstream.offline import refuse_network

started = time.monotonic()
refused = []


def note(asked):
    refused.append(asked)
    write_record()


def peak_megabytes():
    if sys.platform == "win32":
        import psutil

        return psutil.Process().memory_info().peak_wset / 2**20
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def write_record(_result=None):
    record = {"seconds": time.monotonic() - started, "megabytes": peak_megabytes(), "refused": refused}
    with open(os.environ["HEADSTREAM_KERNEL_RECORD"], "w") as file:
        json.dump(record, file)


refuse_network("a lesson", note)
get_ipython().events.register("post_run_cell", write_record)
write_record()
