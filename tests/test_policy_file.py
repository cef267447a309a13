import tomllib

import pytest
from click.testing import CliRunner

from deburn import Policy, UsageError, load_policy
from deburn.model.categories import CATEGORIES, HARMLESS
from deburn.redactor.cli import cli
from deburn.redactor.policy import policy_record
from deburn.redactor.policy_file import PRESETS, preset_text
from deburn.redactor.resume import settings_of


def _load(tmp_path, text):
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return load_policy(path)


def test_the_default_is_the_preset_phi():
    assert load_policy("phi") == Policy()


def test_presets_differ_in_what_may_stay():
    assert load_policy("strict") == Policy(mode="strict", kept=tuple(c for c in HARMLESS if c != "other"))
    assert load_policy("text") == Policy(mode="text", kept=())


@pytest.mark.parametrize("name", PRESETS)
def test_presets_name_every_category_and_every_setting(name):
    tables = tomllib.loads(preset_text(name))
    assert tuple(tables["categories"]) == CATEGORIES
    assert tables.keys() == {"mode", "categories", "lists", "thresholds", "mask"}


def test_a_file_says_only_what_differs_from_its_modes_preset(tmp_path):
    policy = _load(
        tmp_path,
        'mode = "strict"\n[categories]\ninstitution = "keep"\ndevice = "mask"\n'
        '[lists]\nkeep = ["ROOM ?", "re:PROT[0-9]+"]\n'
        '[mask]\nfill = "white"\nmargin = 1\ncine = "per-frame"\njpeg = "rle"\n[thresholds]\nread = 0.9\n',
    )
    kept = ("institution", *(category for category in HARMLESS if category not in ("device", "other")))
    assert policy == Policy(
        mode="strict",
        kept=kept,
        keep=("ROOM ?", "re:PROT[0-9]+"),
        fill="white",
        margin=1.0,
        cine="per-frame",
        jpeg="rle",
        read_score=0.9,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 1", "unknown key 'colour'"),
        ("[categories]\nnames = 'mask'", "unknown key 'categories.names'"),
        ("[categories]\nname = true", 'categories.name is a boolean; expected "mask" or "keep"'),
        ("[categories]\nname = 'hide'", 'categories.name is "hide"'),
        ("categories = 3", "categories is a whole number; expected a table"),
        ("mode = 'all'", 'mode is "all"; expected "phi"'),
        ("mode = []", "mode is an array"),
        ("[mask]\nfill = 'grey'", 'mask.fill is "grey"'),
        ("[mask]\njpeg = 'png'", 'mask.jpeg is "png"; expected "jpeg-ls" or "jpeg-lossless" or "jpeg-2000"'),
        ("[mask]\nmargin = -1", "mask.margin is -1; expected a number from 0 to 2"),
        ("[mask]\nmargin = nan", "mask.margin is nan"),
        ("[thresholds]\nread = '0.9'", "thresholds.read is a string; expected a number from 0.5 to 1"),
        ("[thresholds]\nsmallest = 7.5", "thresholds.smallest is a number; expected a whole number"),
        ("[thresholds]\nsmallest = 90\nlargest = 90", "thresholds.smallest is not below"),
        ("[lists]\nkeep = 'A'", "lists.keep is a string; expected an array of strings"),
        ("[lists]\nkeep = ['A', 're:(']", "lists.keep, pattern 2 is no regular expression"),
        ("[lists]\ndrop = ['re:']", "lists.drop, pattern 1 is empty"),
        ("[lists]\nkeep = ['*']", "lists.keep, pattern 1 fits any text"),
        ("[lists]\nkeep = ['re:[A-Z0-9 -]+']", "lists.keep, pattern 1 fits any text"),
        ("mode = 'text'\n[categories]\nlaterality = 'keep'", "categories.laterality keeps text, but mode"),
        ("mode = 'text'\n[lists]\nkeep = ['L']", "lists.keep keeps text, but mode"),
        ("mode = 'strict'\n[categories]\nother = 'keep'", 'categories.other is "keep", but mode is "strict"'),
        ("mode =", "no valid TOML"),
    ],
)
def test_errors_are_one_line_that_names_file_and_key(tmp_path, text, message):
    with pytest.raises(UsageError) as error:
        _load(tmp_path, text)
    assert message in str(error.value)
    assert "ours.toml" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("value", ["0.0", "0.49"])
def test_no_file_can_switch_off_the_masking_of_what_cannot_be_read(tmp_path, value):
    with pytest.raises(UsageError, match=r"thresholds.read is .*; expected a number from 0.5"):
        _load(tmp_path, f"[thresholds]\nread = {value}\n")


def test_refuses_what_is_no_policy(tmp_path):
    with pytest.raises(UsageError, match="no policy 'phy'; expected phi, strict, text or a TOML file"):
        load_policy("phy")
    with pytest.raises(UsageError, match="cannot be read"):
        load_policy(tmp_path)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"bytes.toml: cannot be read: is not UTF-8"):
        load_policy(tmp_path / "bytes.toml")


def test_records_count_patterns_since_they_may_name_people():
    record = policy_record(Policy(drop=("QUASTEL*", "ZANDT"), keep=("ROOM 7",)))
    assert (record["drop"], record["keep"], record["mode"]) == ("2 patterns", "1 patterns", "phi")
    assert policy_record(Policy())["keep"] == ()


@pytest.mark.parametrize("name", PRESETS)
def test_command_prints_a_policy_that_can_be_loaded_again(name, tmp_path):
    done = CliRunner().invoke(cli, ["policy", name])
    assert done.exit_code == 0
    assert _load(tmp_path, done.output) == load_policy(name)


def test_command_checks_a_file(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text('[mask]\nfill = "white"\n')
    done = CliRunner().invoke(cli, ["policy", str(path)])
    assert done.exit_code == 0
    assert 'fill = "white"' in done.output
    path.write_text("[mask]\nfil = 1\n")
    assert isinstance(CliRunner().invoke(cli, ["policy", str(path)]).exception, UsageError)


def test_results_of_another_list_are_never_taken_for_ones_own():
    """Records count patterns, so two lists of one length look alike in them."""
    assert settings_of(Policy(drop=("QUASTEL*",))) != settings_of(Policy(drop=("ZANDT*",)))
