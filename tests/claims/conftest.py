"""What the claims' tests share: each claim is recomputed once."""

from collections.abc import Callable
from functools import cache

import pytest

from headstream.claims import ENTRIES
from headstream.claims.claim import Claim


@pytest.fixture(scope="session")
def found() -> Callable[[str], Claim]:
    """found(id): a claim as it is, computed when it is first asked for; ask before anything is changed."""
    return cache(lambda id: ENTRIES[id].compute())
