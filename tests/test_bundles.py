"""The committed JavaScript and CSS are what their sources make, byte for byte."""

import make


def test_bundles_are_what_their_sources_make(tmp_path):
    built = make.call(*make.npm("run", "build", "--", str(tmp_path)), cwd=make.WIDGETS, env=make.node_environment())
    assert built
    static = make.WIDGETS / "headstream" / "views" / "static"
    fresh = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in static.iterdir()}
    assert sorted(fresh) == sorted(committed)
    differ = [name for name in fresh if fresh[name] != committed[name]]
    assert differ == [], "`python make.py bundles` rebuilds them"
