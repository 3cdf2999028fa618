"""The schemas that editors complete and check by, against what the program itself takes and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.errors import SourceError
from generator.ingest import content, seeds
from generator.ingest.config import KEYS, SECTIONS
from generator.ingest.config import config as read_config
from generator.ingest.frontmatter import dump_yaml
from generator.ingest.schema import HEADERS, schema_of
from generator.ingest.settings import SETTINGS, Setting
from generator.model import Config
from tests.projects import ssg

#: Values to try under every key, whatever it is.
VALUES: tuple[Any, ...] = (
    *("", "a", "true", "maybe", "full", "none", "en", "pt-BR", "english!", "#abc", "#abcd", "red", "x y", "a/b"),
    *("https://a.example/b", "ftp://a.example", "https://", "2024-05-14", "2024-05-14T10:00+02:00", "14 May"),
    *("/etc", "../x", "x/..", "C:\\x", "content", "contents", True, False, 0, 1, 7, -1, 10_000_000, 0.5, 2.5),
    *(["a", "b"], [], {"a": "b"}),
)


def _accepts(kind: str, value: dict[str, Any]) -> bool:
    return Draft202012Validator(schema_of(kind)).is_valid(value)


def _is_read(text: str) -> bool:
    try:
        read_config(text)
    except SourceError:
        return False
    return True


@pytest.mark.parametrize("kind", ["ssg", *HEADERS])
def test_each_is_a_schema(kind: str) -> None:
    """Every schema is one, and says of each key what it is for."""
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    assert all(said.get("description") or said.get("properties") for said in schema["properties"].values())


def test_it_names_every_setting() -> None:
    """The configuration's schema has every key, with the default that the program uses."""
    properties = schema_of("ssg")["properties"]
    assert set(properties) == set(KEYS)
    for setting in SETTINGS:
        place = properties[setting.section]["properties"] if setting.section else properties
        assert place[setting.name].get("default", ()) == getattr(Config(), setting.field)
    assert {name: tuple(properties[name]["properties"]) for name in SECTIONS} == SECTIONS


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_what_the_schema_takes_the_program_takes(setting: Setting) -> None:
    """No editor lets a setting pass that the build then refuses; the default passes."""
    for value in VALUES:
        whole = _whole(setting, value)
        if _accepts("ssg", whole):
            assert _is_read(json.dumps(whole)), value
    default = getattr(Config(), setting.field)
    assert _accepts("ssg", _whole(setting, default or None if default == () else default))


def _whole(setting: Setting, value: object) -> dict[str, Any]:
    return {setting.section: {setting.name: value}} if setting.section else {setting.name: value}


@pytest.mark.parametrize("kind", ["article", "sidecar"])
def test_what_the_schema_takes_of_a_header_is_taken(kind: str) -> None:
    """The same holds for the keys of articles and of sidecars."""
    for key in HEADERS[kind]:
        for value in VALUES:
            if key == "story" or isinstance(value, dict):
                continue
            text = json.dumps({key: value})
            if kind == "article":
                data = f"---\n{text}\n---\n\nThe bridge is shut.\n".encode()
                problems: Any = content.read_article("content/stories/a/b.md", data)[1]
            else:
                problems = seeds.read("seeds/a.txt", b"The bridge is shut.", text.encode()).errors
            if _accepts(kind, {key: value}):
                assert not problems, (key, value)


def test_unknown_keys_are_refused() -> None:
    """A mistyped key is marked in the editor, as the build would refuse it."""
    for kind in ("ssg", *HEADERS):
        assert not _accepts(kind, {"titel": "x"}), kind


def test_it_is_printed(tmp_path: Path) -> None:
    """`ssg config --schema` prints the schema of each kind of file."""
    for kind in ("ssg", *HEADERS):
        printed = ssg(tmp_path, "config", "--schema", kind)
        assert (printed.exit_code, json.loads(printed.stdout)) == (0, json.loads(json.dumps(schema_of(kind))))


def test_the_effective_configuration_is_a_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ssg config` prints a complete file that means the same, and says of each line where it comes from."""
    outlets = {"courier": {"name": "The Courier", "homepage": "https://courier.example/"}}
    (tmp_path / "ssg.yml").write_text(
        f"title: One\nfeeds:\n  items: 7\n{dump_yaml({'outlets': outlets})}", encoding="utf-8"
    )
    monkeypatch.setenv("SSG_TITLE", "Two")
    monkeypatch.setenv("SSG_COMPARE_NEAR_DUPLICATE", "0.7")
    printed = ssg(tmp_path, "config", "--set", "paginate=3").stdout
    found = read_config(printed)
    assert (found.title, found.feed_items, found.near_duplicate, found.paginate) == ("Two", 7, 0.7, 3)
    assert found.outlets[0].homepage == "https://courier.example/"
    origins = {line.split(":")[0].strip(): line.rpartition("# ")[2] for line in printed.splitlines() if "# " in line}
    assert origins["title"] == "SSG_TITLE"
    assert origins["items"] == "ssg.yml:3"
    assert origins["near_duplicate"] == "SSG_COMPARE_NEAR_DUPLICATE"
    assert origins["paginate"] == "--set paginate=3"
    assert origins["theme"] == "default"
    assert ssg(tmp_path, "config", "feeds.items").stdout == "7\n"
    assert json.loads(ssg(tmp_path, "config", "noindex", "--json").stdout)["settings"] == {
        "noindex": {"value": True, "from": "default"}
    }


def test_overrides_reach_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A title from the environment is printed; one from the command line wins."""
    ssg(tmp_path, "init")
    monkeypatch.setenv("SSG_TITLE", "Of the environment")
    ssg(tmp_path, "build")
    assert "Of the environment" in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    ssg(tmp_path, "build", "--set", "title=Of the command line")
    assert "Of the command line" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_what_is_wrong_with_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in an override is told with its name, together with those in the file; a near miss is warned of."""
    (tmp_path / "ssg.yml").write_text("titel: One\nfeeds: {items: many}\n", encoding="utf-8")
    monkeypatch.setenv("SSG_PAGINATE", "few")
    monkeypatch.setenv("SSG_BASE_ULR", "https://a.example/")
    result = ssg(tmp_path, "config", "--set", "feeds.itms=3", "--set", "title", "--set", "=3")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[:-1] == [
        "--set =3: expected KEY=VALUE",
        "--set feeds.itms=3: feeds.itms: unknown key – did you mean 'feeds.items'?",
        "--set title: expected KEY=VALUE",
        "SSG_PAGINATE: paginate: expected a whole number from 1 to 10000, found 'few'",
        "ssg.yml:1:1: titel: unknown key – did you mean 'title'?",
        "ssg.yml:2:9: feeds.items: expected a whole number from 1 to 10000, found 'many'",
    ]
    (tmp_path / "ssg.yml").unlink()
    monkeypatch.delenv("SSG_PAGINATE")
    assert "SSG_BASE_ULR: an environment variable that sets nothing – did you mean SSG_BASE_URL?" in (
        ssg(tmp_path, "config").stderr
    )


def test_an_unknown_setting_is_wrong_usage(tmp_path: Path) -> None:
    """A mistyped key on the command line is exit code 2, with the key that was probably meant."""
    result = ssg(tmp_path, "config", "feeds.item")
    assert result.exit_code == 2
    assert "did you mean 'feeds.items'?" in result.stderr


def test_a_themes_own_file_is_checked(tmp_path: Path) -> None:
    """A mistyped key in theme.yml is told with its place and the key that was probably meant."""
    ssg(tmp_path, "init")
    (tmp_path / "themes/mine").mkdir(parents=True)
    (tmp_path / "themes/mine/theme.yml").write_text("name: mine\nextend: default\n", encoding="utf-8")
    result = ssg(tmp_path, "build", "--set", "theme=mine")
    assert result.stderr.splitlines()[0] == ("themes/mine/theme.yml:2:1: extend: unknown key – did you mean 'extends'?")
