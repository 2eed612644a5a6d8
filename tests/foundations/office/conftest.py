import pytest

from foundations.office import pdf


@pytest.fixture
def no_renderer_waits(monkeypatch):
    """One that waits from an earlier document keeps the patience and the fonts it was started with."""
    fresh = pdf._Waiting()
    monkeypatch.setattr(pdf, "_waiting", fresh)
    yield
    fresh.close()
