import json
import os
from pathlib import Path
from time import monotonic

import pytest
from django.template import Context, Template
from pytest_django.fixtures import Settings

from fengqiao.web.shared import frontend
from fengqiao.web.shared.apps import check_frontend

MANIFEST = {
    "_common.js": {"file": "assets/common-1.js", "css": ["assets/common-1.css"]},
    "src/entry-desk.ts": {"file": "assets/desk-1.js", "css": ["assets/desk-1.css"], "imports": ["_common.js"]},
}


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> Path:
    """A build with one entry that shares a part."""
    settings.FRONTEND_DIR = tmp_path
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    (tmp_path / "icons.json").write_text(json.dumps({"phone": "<path d='M0 0'/>"}))
    return tmp_path


def test_an_entry_loads_its_styles_its_script_and_everything_it_imports(built: Path) -> None:
    html = Template('{% load assets %}{% asset "entry-desk" %}').render(Context())

    assert html.count("<link") == 3
    assert "built/assets/common-1.css" in html
    assert '<script type="module" src="/static/built/assets/desk-1.js">' in html


def test_an_icon_is_silent_beside_words_and_speaks_alone(built: Path) -> None:
    html = Template('{% load assets %}{% icon "phone" %}{% icon "phone" label="打电话" %}').render(Context())

    assert 'aria-hidden="true"' in html
    assert 'role="img" aria-label="打电话"' in html


def test_an_icon_that_was_not_built_is_named(built: Path) -> None:
    with pytest.raises(frontend.FrontendNotBuilt, match="icons.txt"):
        frontend.icon("unicorn")


def test_an_unknown_entry_is_named(built: Path) -> None:
    with pytest.raises(frontend.FrontendNotBuilt, match="entry-field"):
        frontend.scripts_of("entry-field")


def test_without_a_build_the_error_says_what_to_run(tmp_path: Path, settings: Settings) -> None:
    settings.FRONTEND_DIR = tmp_path

    with pytest.raises(frontend.FrontendNotBuilt, match="npm run build"):
        frontend.scripts_of("entry-console")
    assert [warning.id for warning in check_frontend()] == ["web.W001"]


def test_a_new_build_is_seen_a_second_later_without_a_restart(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert frontend.scripts_of("entry-desk")[0] == "assets/desk-1.js"
    changed = MANIFEST | {"src/entry-desk.ts": {"file": "assets/desk-2.js"}}
    (built / "manifest.json").write_text(json.dumps(changed))
    os.utime(built / "manifest.json", (1, 1))
    a_second_later = monotonic() + 1
    monkeypatch.setattr(frontend, "monotonic", lambda: a_second_later)
    assert frontend.scripts_of("entry-desk") == ["assets/desk-2.js"]
