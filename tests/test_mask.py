import pytest

from deburn import Box, Finding, Policy, TextLine
from deburn.redactor.mask import mask


def finding(box, *, category="name", masked=True, angle=0, line=None):
    text = TextLine(box=line or box, angle=angle, score=0.9, text="", character_scores=(), character_spans=())
    return Finding(
        line=text, start=0, end=0, box=box, category=category, score=0.9, reason="", element=None, mask=masked
    )


def box(frame, x0, y0, x1, y1):
    return Box(frame=frame, x0=x0, y0=y0, x1=x1, y1=y1)


def test_leaves_what_the_policy_keeps():
    assert mask([finding(box(0, 10, 10, 50, 20), masked=False)], policy=Policy(), frames=1) == ()


@pytest.mark.parametrize(
    ("height", "margin", "grown"),
    [(4, 0.25, 2), (10, 0.25, 3), (40, 0.25, 10), (40, 0.0, 2)],
)
def test_margin_is_a_share_of_the_line_and_two_pixels_at_least(height, margin, grown):
    (masked,) = mask([finding(box(0, 30, 30, 90, 30 + height))], policy=Policy(margin=margin), frames=1)
    assert masked == box(0, 30 - grown, 30 - grown, 90 + grown, 30 + height + grown)


def test_height_of_an_upright_line_is_its_width():
    (masked,) = mask([finding(box(0, 30, 30, 70, 400), angle=90)], policy=Policy(margin=0.25), frames=1)
    assert masked == box(0, 20, 20, 80, 410)


def test_margin_of_a_span_is_that_of_its_line():
    span, line = box(0, 30, 32, 40, 44), box(0, 10, 30, 200, 70)
    (masked,) = mask([finding(span, line=line)], policy=Policy(margin=0.25), frames=1)
    assert masked == box(0, 20, 22, 50, 54)


def test_never_begins_outside_of_the_frame():
    (masked,) = mask([finding(box(0, 1, 0, 20, 10))], policy=Policy(), frames=1)
    assert (masked.x0, masked.y0) == (0, 0)


def test_a_name_found_in_one_frame_is_masked_in_all():
    masked = mask([finding(box(2, 10, 10, 60, 20))], policy=Policy(), frames=5)
    assert [one.frame for one in masked] == [0, 1, 2, 3, 4]
    assert len({(one.x0, one.y0, one.x1, one.y1) for one in masked}) == 1


def test_one_place_is_one_box_however_it_jitters():
    found = [finding(box(frame, 10 + frame % 2, 10, 60, 20)) for frame in range(6)]
    masked = mask(found, policy=Policy(), frames=6)
    assert len(masked) == 6
    assert {(one.x0, one.x1) for one in masked} == {(7, 63)}


def test_what_cannot_be_read_is_masked_from_the_first_frame_that_shows_it_to_the_last():
    found = [finding(box(frame, 10, 10, 60, 20), category="unreadable") for frame in (1, 3)]
    assert [one.frame for one in mask(found, policy=Policy(), frames=6)] == [1, 2, 3]


def test_per_frame_masks_in_each_frame_what_was_found_in_it():
    policy = Policy(cine="per-frame", margin=0.0)
    found = [finding(box(3, 30, 30, 90, 40)), finding(box(1, 32, 30, 90, 40))]
    assert mask(found, policy=policy, frames=5) == (box(1, 30, 28, 92, 42), box(3, 28, 28, 92, 42))
    assert {one.frame for one in mask(found, policy=Policy(), frames=5)} == set(range(5))


def test_margin_stops_one_pixel_into_the_space_before_a_line_that_stays():
    name = finding(box(0, 30, 30, 90, 50))
    for gap, grown in [(9, 55), (3, 53), (1, 51), (0, 51), (-2, 51), (-3, 55)]:
        stays = finding(box(0, 40, 50 + gap, 100, 70 + gap), masked=False)
        (masked,) = mask([name, stays], policy=Policy(margin=0.25), frames=1)
        assert masked == box(0, 25, 25, 95, grown)


def test_margin_before_the_line_and_of_an_upright_line_stop_there_as_well():
    above = finding(box(0, 0, 8, 100, 28), masked=False)
    (masked,) = mask([above, finding(box(0, 30, 30, 90, 50))], policy=Policy(margin=0.25), frames=1)
    assert masked == box(0, 25, 28, 95, 55)
    left = finding(box(0, 10, 0, 30, 100), masked=False, angle=90)
    (masked,) = mask([left, finding(box(0, 31, 30, 51, 90), angle=90)], policy=Policy(margin=0.25), frames=1)
    assert masked == box(0, 30, 25, 56, 95)


def test_margin_is_whole_along_the_text_and_towards_what_is_masked_or_in_another_frame():
    name = finding(box(0, 30, 30, 90, 50))
    others = [
        finding(box(0, 91, 30, 120, 50), masked=False),  # behind it
        finding(box(0, 96, 51, 120, 70), masked=False),  # below, beyond its end
        finding(box(1, 30, 51, 90, 70), masked=False),
    ]
    masked = mask([name, *others], policy=Policy(margin=0.25, cine="per-frame"), frames=2)
    assert masked == (box(0, 25, 25, 95, 55),)
    below = finding(box(0, 30, 51, 90, 71))
    assert mask([name, below], policy=Policy(margin=0.25), frames=1)[0] == box(0, 25, 25, 95, 55)


def test_margin_beside_a_kept_span_of_the_same_line_is_whole():
    line = box(0, 10, 30, 200, 50)
    name, label = finding(box(0, 60, 30, 200, 50), line=line), finding(box(0, 10, 30, 60, 50), line=line, masked=False)
    (masked,) = mask([name, label], policy=Policy(margin=0.25), frames=1)
    assert masked == box(0, 55, 25, 205, 55)
