"""The labs of a scene: moving drawings, the walk, gradients, annotation, measures, the script."""

import torch

from labs import zoo
from labs.data.doodles import CLASSES
from labs.models.scene import decode
from labs.vision.scenes import Boxes, Draw, Pixels, Score
from labs.vision.scenes.annotation import box_of, filled, judge_box, judge_mask
from labs.vision.scenes.boxes import iou
from labs.vision.scenes.canvas import NET
from labs.vision.scenes.why import BoxScore, PixelScore, cell_of, gradient, occlusion
from tests.vision.scenes import hand


def test_a_drawing_is_taken_up_by_its_box_and_moved_alone():
    lab = Draw()
    hand.street(lab)
    found = lab.found()
    fish = found.boxes[found.labels == CLASSES.index("fish")][0]
    before = [list(s.points) for s in lab.pad.drawing.strokes]
    x, y = ((fish[:2] + fish[2:]) / 2 * 2).int().tolist()
    lab.receive({"panel": "x", "kind": "grab", "x": x, "y": y})
    held = set(lab.pad.held)
    assert held
    assert len(held) < len(before)
    lab.receive({"panel": "x", "kind": "move", "x": x - 20, "y": y + 30})
    lab.receive({"panel": "x", "kind": "move", "x": x - 40, "y": y + 10})
    for i, stroke in enumerate(lab.pad.drawing.strokes):
        moved = [(a - 40, b + 10) if i in held else (a, b) for a, b in before[i]]
        assert stroke.points == moved
    lab.receive({"panel": "x", "kind": "lift"})
    lab.receive({"setting": "copy", "value": True})
    assert len(lab.pad.drawing.strokes) == len(before) + len(held)
    lab.receive({"setting": "remove", "value": True})
    assert len(lab.pad.drawing.strokes) == len(before)


def test_turning_four_times_by_a_right_angle_or_mirroring_twice_changes_little():
    lab = Draw()
    hand.fish(lab)
    lab.pad.grab(256, 192)
    before = [p for s in lab.pad.drawing.strokes for p in s.points]
    for _ in range(4):
        lab.pad.change(turn=90)
    lab.pad.change(mirror=True)
    lab.pad.change(mirror=True)
    after = [p for s in lab.pad.drawing.strokes for p in s.points]
    apart = torch.tensor(before) - torch.tensor(after)
    assert int(apart.abs().max()) <= 6


def test_nothing_is_moved_before_it_was_taken_up():
    lab = Draw()
    before = lab.pad.changes
    lab.receive({"panel": "x", "kind": "move", "x": 5, "y": 5})
    assert lab.pad.changes == before


def test_the_gradient_of_a_score_is_its_slope():
    lab = Draw()
    found = lab.found()
    score = BoxScore(cell_of(lab.answer, found, 0), int(found.labels[0]))
    slopes = gradient(lab.net, lab.pad.x, score)
    row, col = divmod(int(slopes.abs().argmax()), 256)
    h = 1e-3
    high, low = lab.pad.x.clone(), lab.pad.x.clone()
    high[0, 0, row, col] += h
    low[0, 0, row, col] -= h
    slope = float(score(lab.net(high)) - score(lab.net(low))) / (2 * h)
    assert abs(slope - float(slopes[row, col])) < 0.1 * abs(slope) + 0.05


def test_wiping_white_paper_changes_nothing_and_wiping_the_thing_does():
    lab = Draw()
    hand.fish(lab)
    found = lab.found()
    drop = occlusion(
        lab.net, lab.pad.x, BoxScore(cell_of(lab.answer, found, 0), int(found.labels[0]))
    )
    assert drop[0, 0].abs() < 1e-3
    assert drop.max() > 0.5
    row, col = divmod(int(drop.argmax()), drop.shape[1])
    x0, y0, x1, y1 = found.boxes[0].tolist()
    assert x0 - 32 < 32 * col < x1
    assert y0 - 32 < 32 * row < y1
    pixel = PixelScore(0, 0, 0)(lab.answer)
    assert pixel.shape == (1,)


def test_an_annotation_that_is_the_nets_own_agrees_wholly():
    lab = Draw()
    found = lab.found()
    label = int(found.labels[0])
    judged = judge_box(found.boxes[0], label, found)
    assert judged.agreement > 0.999
    assert judged.loss < 1e-3
    mask = lab.answer.said[0] == label + 1
    assert judge_mask(mask, label, lab.answer).agreement == 1
    ring = torch.zeros(192, 256, dtype=torch.bool)
    ring[40:80, 60], ring[40:80, 100], ring[40, 60:101], ring[79, 60:101] = True, True, True, True
    assert box_of(ring).tolist() == [60, 40, 101, 80]
    assert int(filled(ring).sum()) == 40 * 41


def test_the_cells_arithmetic_ends_at_the_box_that_is_drawn():
    lab = Boxes()
    lab.receive({"panel": "grid", "kind": "click", "row": 4, "col": 4})
    frame = lab.frame()
    box = decode(lab.answer.cells)[0, 1, 4, 4].tolist()
    width = next(row for row in frame.notes["cell"]["rows"] if row[0] == "width")
    assert abs(float(width[3]) - (box[2] - box[0])) < 0.06
    drawn = frame.notes["marks"]["grid"][-1]["box"]
    torch.testing.assert_close(
        torch.tensor(drawn) * 16, torch.tensor([box[1], box[0], box[3], box[2]])
    )


def test_the_walk_on_the_page_ends_at_what_is_found():
    lab = Boxes()
    while lab.step():
        pass
    best, moments = lab.walked()
    kept = [m.keeper for m in moments if m.rival < 0]
    found = lab.found()
    for k, box in zip(kept, found.boxes, strict=False):
        assert iou(best.boxes[k : k + 1], box[None])[0, 0] > 0.99
    assert "Done" in lab.frame().notes["walk"]["text"]


def test_counting_scenes_again_gives_the_same_numbers_and_the_threshold_lies_on_the_curve():
    lab, other = Score(), Score()
    for one in (lab, other):
        for _ in range(3):
            one.step()
    assert torch.equal(lab.precisions(), other.precisions())
    assert int(lab.confusion.sum()) == lab.count * 192 * 256
    precision, recall = lab.operating()
    curve = lab.frame().values["curve"]
    line = curve[:2, ~curve[1].isnan()].T
    away = (line - torch.tensor([recall, precision])).norm(dim=1).min()
    assert away < 0.02 or recall == 0


def test_the_script_finds_what_the_page_finds(printed, tmp_path):
    lab = Pixels()
    (tmp_path / "scene-net.safetensors").write_bytes(zoo.stored(NET))
    lines = printed(lab.script()).splitlines()
    found = lab.found()
    names = [line.split()[0] for line in lines[:-1]]
    assert names == [CLASSES[label] for label in found.labels.tolist()]
    counts = lab.answer.said[0].flatten().bincount(minlength=16).tolist()
    assert [int(v) for v in lines[-1].split(": ")[1].split()] == counts
