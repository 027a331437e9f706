"""The measure of growth still runs, and measures what it says it does."""

import re

import pytest

from benchmarks import growth

MEASURED = (
    "export submissions",
    "export audit",
    "audit verify",
    "webhook",
    "memory of serve",
    "memory of work",
    "queue, each tab",
    "search, words",
    "tick forget",
    "import merchants, again",
    "roll-off of the inbox",
)


@pytest.mark.slow
def test_a_small_county_is_measured_from_end_to_end(tmp_path, capsys):
    growth.main(["--size", "300", "--folder", str(tmp_path), "--calls", "1", "--rounds", "1"], standalone_mode=False)
    told = capsys.readouterr().out
    assert [name for name in MEASURED if not re.search(rf"^{name} +-?[\d.,]+ ", told, re.MULTILINE)] == []
    assert "100 of 100 messages answered and pages {200:" in told
    assert [path.name for path in tmp_path.iterdir()] == ["300"]
