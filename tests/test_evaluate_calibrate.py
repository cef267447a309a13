import pytest

from deburn import Policy, UsageError
from deburn.redactor.policy_file import load_policy
from deburn.training.evaluate_calibrate import calibrate, policy_snippet
from deburn.training.evaluate_show_calibration import calibration_record, words_of
from deburn.training.evaluate_statistics import upper_bound
from deburn.training.evaluate_sweep import GRIDS, Sweep, policies_of, settings_of

NAMES = ("read",)
SETTINGS = settings_of(NAMES)
COUNT = len(SETTINGS)


def sweep(number, leaks=None, losses=None, spans=5, lines=10, subject=None):
    """A file whose leaks end, and whose losses begin, at some setting."""
    leaks, losses = COUNT if leaks is None else leaks, COUNT if losses is None else losses
    return Sweep(
        name=f"IM{number:03}",
        subject=subject or f"subject {number}",
        spans=spans,
        lines=lines,
        leaks=tuple(int(setting < leaks) for setting in range(COUNT)),
        losses=tuple(int(setting >= losses) for setting in range(COUNT)),
        collateral=(0.01,) * COUNT,
    )


def words(result):
    return " ".join(words_of(result))


def test_picks_what_keeps_most_of_what_reaches_the_wish():
    sample = [sweep(number, leaks=4, losses=6) for number in range(20)]
    result = calibrate(sample, NAMES, SETTINGS, wish=0.99)
    # Settings 4 and 5 have no leak and no loss; the first in order of the grid is the most lenient.
    assert result.chosen == 4
    assert result.reached
    assert result.tried[4].recall.value == 1
    assert result.tried[3].recall.hits == 80


def test_a_wish_below_what_is_possible_keeps_more_text():
    sample = [sweep(number, leaks=8 if number == 0 else 2, losses=5) for number in range(20)]
    assert calibrate(sample, NAMES, SETTINGS, wish=0.99).chosen == 2  # one leak of 100 spans is allowed
    assert calibrate(sample, NAMES, SETTINGS, wish=0.999).chosen == 8


def test_no_miss_in_300_spans_shows_99_percent_and_no_miss_in_100_does_not():
    enough = calibrate([sweep(number, leaks=3) for number in range(60)], NAMES, SETTINGS, wish=0.99)
    assert (enough.spans, enough.leaks, enough.shown, enough.needed) == (300, 0, True, 299)
    few = calibrate([sweep(number, leaks=3) for number in range(20)], NAMES, SETTINGS, wish=0.99)
    assert few.reached
    assert not few.shown
    assert few.least_recall == pytest.approx(1 - upper_bound(0, 100))
    assert "NOT SHOWN: it takes 299 spans" in words(few)
    assert "by the rule of three up to about 3.00%" in words(few)


def test_risk_is_stated_for_1000_images_with_its_bound():
    result = calibrate([sweep(number, leaks=3) for number in range(60)], NAMES, SETTINGS, wish=0.99)
    measured, at_most = result.leaks_per_1000
    assert measured == 0
    assert at_most == pytest.approx(1000 * 5 * (1 - 0.05 ** (1 / 300)))  # 5 spans an image: about 50
    assert result.leaky_per_1000 == (0, pytest.approx(1000 * (1 - 0.05 ** (1 / 60))))
    assert "0.0 surviving spans, at most 49.7" in words(result)


def test_leaks_count_in_images_that_had_no_part_in_the_choice():
    # One subject alone leaks up to the last setting: without it the others pick a lenient one, which it pays for.
    sample = [sweep(number, leaks=9 if number == 0 else 2, losses=3) for number in range(40)]
    result = calibrate(sample, NAMES, SETTINGS, wish=0.999)
    assert result.tried[result.chosen].recall.value == 1
    assert (result.leaks, result.leaky_images, result.held_out) == (1, 1, True)


def test_images_of_one_subject_stay_together():
    sample = [
        sweep(number, leaks=9 if number < 10 else 2, losses=3, subject="s" if number < 10 else None)
        for number in range(40)
    ]
    result = calibrate(sample, NAMES, SETTINGS, wish=0.999)
    assert result.subjects == 31
    assert result.leaks == 10  # none of the ten warned of the other nine


def test_a_sample_of_one_subject_says_that_its_figures_flatter():
    sample = [sweep(number, leaks=2, subject="s") for number in range(5)]
    result = calibrate(sample, NAMES, SETTINGS, wish=0.9)
    assert not result.held_out
    assert "the figures flatter" in words(result)


def test_text_that_no_threshold_finds_is_told():
    sample = [sweep(number, leaks=COUNT if number < 2 else 1) for number in range(20)]
    result = calibrate(sample, NAMES, SETTINGS, wish=0.99)
    assert (result.reached, result.hopeless) == (False, 2)
    assert "NOT REACHED" in words(result)
    assert result.tried[result.chosen].recall.hits == 98  # still the best there is


def test_files_that_could_not_be_measured_are_left_out():
    sample = [sweep(number, leaks=2) for number in range(5)]
    broken = Sweep(name="IM9", reason="no DICOM")
    assert calibrate([*sample, broken], NAMES, SETTINGS, wish=0.9) == calibrate(sample, NAMES, SETTINGS, wish=0.9)


def test_a_sample_without_identifying_text_is_refused():
    with pytest.raises(UsageError, match="no identifying text could be judged"):
        calibrate([sweep(1, spans=0, leaks=0)], NAMES, SETTINGS, wish=0.9)


def test_every_value_that_is_tried_is_one_that_a_policy_file_may_hold(tmp_path):
    for name, (field, values) in GRIDS.items():
        for value in values:
            (tmp_path / "p.toml").write_text(f"[thresholds]\n{name} = {value}\n")
            assert getattr(load_policy(tmp_path / "p.toml"), field) == value


def test_settings_are_every_combination():
    names = ("read", "suspect")
    settings = settings_of(names)
    assert len(settings) == len(GRIDS["read"][1]) * len(GRIDS["suspect"][1])
    policies = policies_of(Policy(margin=0.5), names, settings)
    assert {(policy.read_score, policy.suspect) for policy in policies} == set(settings)
    assert all(policy.margin == 0.5 for policy in policies)


def test_a_policy_that_masks_all_text_has_nothing_to_pick():
    with pytest.raises(UsageError, match="masks all text"):
        policies_of(load_policy("text"), NAMES, SETTINGS)


@pytest.mark.parametrize("mode", ["phi", "strict"])
def test_snippet_is_a_policy_with_the_picked_thresholds(tmp_path, mode):
    result = calibrate([sweep(number, leaks=4, losses=6) for number in range(20)], NAMES, SETTINGS, wish=0.99)
    (tmp_path / "ours.toml").write_text(policy_snippet(result, load_policy(mode)))
    policy = load_policy(tmp_path / "ours.toml")
    assert (policy.mode, policy.read_score) == (mode, GRIDS["read"][1][4])


def test_record_holds_the_choice_and_the_risk():
    result = calibrate([sweep(number, leaks=4) for number in range(20)], NAMES, SETTINGS, wish=0.99)
    record = calibration_record(result, [Sweep(name="IM9", reason="no DICOM")])
    assert record["thresholds"] == {"read": GRIDS["read"][1][4]}
    assert record["leaks_per_1000_images"] == {"measured": 0.0, "at_most": result.leaks_per_1000[1]}
    assert len(record["tried"]) == COUNT
    assert record["failed"] == [{"path": "IM9", "reason": "no DICOM"}]
