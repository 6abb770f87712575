"""The pure parts of the comparison with the peers: which run counts, and the table."""

from __future__ import annotations

from tests.peers.table import OURS, Measured, best, table


def test_the_least_of_each_number_counts_and_every_request() -> None:
    runs = [Measured(10, 0.5, 2.0, 0.02, 0), Measured(10, 0.4, None, None, 3), Measured(10, 0.6, 1.5, 0.03, 1)]
    assert best(runs) == Measured(10, 0.4, 1.5, 0.02, 3)
    assert best([Measured(10, 1, None, None, 0)]).painted is None
    assert best([Measured(10, 1, None, None, None)]).away is None


def test_the_table_has_ratios_to_ours_and_says_what_passed_the_limit() -> None:
    found = {
        (1024, OURS): Measured(2_000_000, 0.25, 0.5, 0.0171, 0),
        (64, OURS): Measured(50_000, 0.01, 0.08, 0.0166, 0),
        (64, "other"): Measured(500_000, 0.02, 0.2, 0.02, 2),
        (1024, "other"): Measured(100_000_000, 3, None, None, None),
    }
    assert table(found, (OURS, "other"), 30).splitlines()[2:] == [
        "| 64 | headstream | 0.05 MB | 0.01 s | 80 ms | 17 ms | 0 |",
        "| 64 | other | 0.50 MB (10.0 ×) | 0.02 s | 0.20 s (2.5 ×) | 20 ms | 2 |",
        "| 1,024 | headstream | 2.00 MB | 0.25 s | 0.50 s | 17 ms | 0 |",
        "| 1,024 | other | 100.00 MB (50.0 ×) | 3.00 s | over 30 s (over 60.0 ×) | – | – |",
    ]
