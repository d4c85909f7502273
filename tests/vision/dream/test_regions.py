"""A mask on the picture: one wish inside it, another outside."""

import torch

from labs.vision.dream.ascent import resize, unit
from tests.vision.dream.hand import paint, put, went


def test_a_painted_region_dreams_of_one_thing_and_the_rest_of_another(dream):
    put(dream, outside="stage2.0", jitter=0, octaves=1)
    paint(dream, "mask", [[100, 100], [400, 400]])
    inside = dream.scene.mask[None, None]
    inside = torch.nn.functional.interpolate(inside, dream.first.shape[-2:], mode="nearest")
    both = went(dream, 1).image
    one = went(put(dream, again=True, outside="nothing"), 1).image
    assert torch.equal(one[..., :4, -4:], dream.first[..., :4, -4:])
    assert not torch.equal(both[..., :4, -4:], one[..., :4, -4:])
    core = torch.nn.functional.avg_pool2d(inside, 9, 1, 4) == 1
    torch.testing.assert_close(both[core.expand_as(both)], one[core.expand_as(both)])


def test_the_challenge_of_two_regions_wants_both_of_them_for_all_the_steps(dream):
    split = next(c for c in dream.challenges if c.key == "split")
    put(dream, outside="stage2.0")
    went(dream, 16)
    paint(dream, "mask", [[100, 100], [400, 400]])
    assert not split.done(*dream.evidence())  # painted when it was over
    dream.past.apart = 16
    assert split.done(*dream.evidence())
    for row in range(0, 512, 60):
        paint(dream, "mask", [[0, row], [511, row]])
    assert not split.done(*dream.evidence())  # all of it is painted


def test_both_wishes_are_shown_each_with_its_name_and_in_its_region(dream):
    put(dream, outside="stage2.0", jitter=0, octaves=1)
    alone = went(dream, 1).frame()
    assert alone.values["objective"][2].isnan().all()  # nothing is painted yet
    paint(dream, "mask", [[100, 100], [400, 400]])
    frame = went(dream, 2).frame()
    steps, inside, outside = frame.values["objective"]
    assert steps.tolist() == [1, 2, 3]
    assert inside.isfinite().all()
    assert outside.isfinite().tolist() == [False, True, True]
    assert frame.notes["lines"]["objective"] == ["stage1.0", "outside: stage2.0"]
    inner, outer = (unit(pull.gradient).mean(1) for pull in dream.pulls)
    mask = resize(dream.scene.mask[None, None], inner.shape[-2:])[0]
    seen = frame.maps["gradient"]
    torch.testing.assert_close(seen[mask == 1], inner[mask == 1])
    torch.testing.assert_close(seen[mask == 0], outer[mask == 0])


def test_one_silent_wish_is_said_and_the_other_goes_on(dream, monkeypatch):
    put(dream, outside="stage2.0")
    paint(dream, "mask", [[100, 100], [400, 400]])
    wish = dream.wishes.outside()
    monkeypatch.setattr(dream.wishes, "outside", lambda: 0.0 * wish)
    assert dream.step()
    assert dream.silence == "stage2.0 gives no gradient outside the mask."
    wish = dream.wishes.inside()
    monkeypatch.setattr(dream.wishes, "inside", lambda: 0.0 * wish)
    assert not dream.step()
