import pytest

pytest.register_assert_rewrite("tests.engines", "tests.verbs")
