"""One app and one browser for the tests that need no more; each test has a window of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.ui.browser.driving import CHROMIUM, App, Person, launch, newcomer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = pytest.mark.skip(reason=f"Chromium is not at {CHROMIUM}: apt-get install chromium")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not Path(CHROMIUM).exists():
                item.add_marker(missing)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("app") / "home") as app:
        yield app


@pytest.fixture
def person(app: App, browser: Browser) -> Iterator[Person]:
    """Somebody before a wide window; fails the test if anything went wrong in their browser."""
    with newcomer(app, browser) as person:
        yield person
        assert person.troubles == []
