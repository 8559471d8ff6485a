"""Sign-in, with a real OpenID Connect provider on this machine: everybody sees their own, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser

from tests.ui.browser.driving import App, Person, free_port, newcomer

SECRETS = """\
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a secret that only this test knows, long enough"
client_id = "taleboard"
client_secret = "whatever"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with sign-in configured."""
    folder, port = tmp_path_factory.mktemp("guarded"), free_port()
    (folder / ".streamlit").mkdir()
    with oidc_provider_mock.run_server_in_thread() as provider:
        secrets = SECRETS.format(port=port, provider=provider.server_port)
        (folder / ".streamlit" / "secrets.toml").write_text(secrets)
        with App(folder / "home", cwd=folder, port=port) as app:
            yield app


def sign_in(person: Person, name: str) -> None:
    person.page.goto(person.app.url)
    person.button("Sign in").click()
    person.page.locator("input[name=sub]").fill(name)
    person.page.get_by_role("button", name="Authorize").click()
    person.page.wait_for_url(re.compile(re.escape(person.app.url)))
    person.page.get_by_test_id("stChatInput").wait_for()


def test_each_person_sees_only_their_own(guarded: App, browser: Browser, tmp_path: Path) -> None:
    with newcomer(guarded, browser) as ann, newcomer(guarded, browser) as ben, newcomer(guarded, browser) as nobody:
        nobody.page.goto(f"{guarded.url}/library")
        nobody.button("Sign in").wait_for()
        assert nobody.page.get_by_test_id("stChatInput").count() == 0

        sign_in(ann, "ann")
        ann.tell()
        conversation, picture = ann.conversation, ann.sources()[0]
        assert ann.context.request.get(guarded.url + picture).status == 200

        sign_in(ben, "ben")
        assert ben.context.request.get(guarded.url + picture).status == 404, "knowing the hash is not enough"
        assert nobody.context.request.get(guarded.url + picture).status == 404
        ben.open(f"?c={conversation}")
        ben.page.get_by_text("There is no such storyboard here.").wait_for()
        assert ben.panels.count() == 0
        ben.open("library")
        ben.page.get_by_text("Nothing here yet").wait_for()
        ben.open("settings")
        assert ben.page.get_by_text(str(guarded.home)).count() == 0, "where the data lives is the operator's affair"
        assert ben.context.request.get(f"{guarded.url}/app/static/everything.zip").status == 404

        ann.open("settings")
        ann.button("Gather everything").click()
        ann.page.get_by_role("link", name=re.compile("Download everything")).wait_for()
        assert ann.context.request.get(f"{guarded.url}/app/static/everything.zip").status == 200
        assert ben.context.request.get(f"{guarded.url}/app/static/everything.zip").status == 404

        ann.button("Sign out").click()
        ann.page.get_by_role("button", name="End session").click()  # the provider asks, too
        ann.button("Sign in").wait_for()
        assert ann.context.request.get(guarded.url + picture).status == 404, "after signing out too"


def test_a_cookie_that_nobody_signed_is_worth_nothing(guarded: App, browser: Browser) -> None:
    with newcomer(guarded, browser) as thief:
        forged = '{"iss": "http://localhost", "sub": "ann", "is_logged_in": true}'
        thief.context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": guarded.url}])
        thief.page.goto(guarded.url)
        thief.button("Sign in").wait_for()
