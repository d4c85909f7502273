"""IoU, suppression, average precision: pycocotools, scikit-learn, and their definitions."""

import contextlib
import io

import numpy as np
import pytest
import torch
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from sklearn.metrics import precision_recall_curve

from labs.models.scene_loss import paired_iou
from labs.vision.scenes.boxes import (
    average_precision,
    iou,
    match,
    nms,
    precision_recall,
    suppressed_by,
)
from labs.vision.scenes.suppression import walk


def some_boxes(count: int, generator: torch.Generator, side: float = 100) -> torch.Tensor:
    low = torch.rand(count, 2, generator=generator) * side
    return torch.cat([low, low + 1 + torch.rand(count, 2, generator=generator) * side / 2], 1)


def as_coco(boxes: torch.Tensor) -> np.ndarray:
    """x, y, width, height."""
    return torch.cat([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], 1).double().numpy()


def test_iou_is_that_of_pycocotools(rng):
    a, b = some_boxes(40, rng), some_boxes(30, rng)
    theirs = coco_mask.iou(as_coco(a), as_coco(b), [0] * 30)
    assert (theirs > 0).any()
    torch.testing.assert_close(iou(a, b).double(), torch.from_numpy(theirs), atol=1e-5, rtol=1e-5)


def test_boxes_that_only_touch_or_have_no_area_have_an_iou_of_0():
    a = torch.tensor([[0.0, 0, 10, 10], [5, 5, 5, 5]])
    b = torch.tensor([[10.0, 0, 20, 10], [5, 5, 5, 5]])
    assert iou(a, b).tolist() == [[0, 0], [0, 0]]
    assert iou(torch.zeros(0, 4), b).shape == (0, 2)


def test_generalised_iou_is_iou_minus_the_empty_share_of_the_hull(rng):
    a, b = some_boxes(20, rng), some_boxes(20, rng)
    plain, generalised = paired_iou(a, b)
    torch.testing.assert_close(plain, iou(a, b).diag())
    assert (generalised <= plain + 1e-6).all()
    apart = paired_iou(torch.tensor([[0.0, 0, 1, 1]]), torch.tensor([[3.0, 0, 4, 1]]))
    assert apart[0].item() == 0
    assert apart[1].item() == pytest.approx(-0.5)  # two of four parts of the hull are empty


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.7, 1.0])
def test_suppression_keeps_what_its_definition_keeps(threshold, rng):
    boxes, scores = some_boxes(60, rng), torch.rand(60, generator=rng)
    kept = nms(boxes, scores, threshold).tolist()
    assert scores[kept].tolist() == sorted(scores[kept].tolist(), reverse=True)
    overlap = iou(boxes, boxes)
    for i in range(60):  # a box is kept exactly if no better kept one overlaps it too much
        better = [j for j in kept if scores[j] > scores[i]]
        assert (i in kept) == (not any(overlap[i, j] > threshold for j in better))
    reasons = suppressed_by(boxes, kept, threshold)
    assert all((r < 0) == (i in kept) for i, r in enumerate(reasons))


def test_the_walk_ends_at_what_suppression_keeps(rng):
    boxes, scores = some_boxes(14, rng), torch.rand(14, generator=rng)
    order = scores.argsort(descending=True)
    moments = list(walk(boxes[order], 0.2))
    keepers = [m.keeper for m in moments if m.rival < 0]
    assert order[keepers].tolist() == nms(boxes, scores, 0.2).tolist()
    gone = [m.rival for m in moments if m.goes]
    assert sorted(keepers + gone) == list(range(14))


def test_no_boxes_are_suppressed_to_none():
    assert nms(torch.zeros(0, 4), torch.zeros(0), 0.5).tolist() == []
    assert average_precision(torch.zeros(0), torch.zeros(0, dtype=torch.bool), 3) == 0
    assert list(walk(torch.zeros(0, 4), 0.5)) == []


def test_precision_and_recall_are_those_of_scikit_learn(rng):
    scores, hits = torch.rand(80, generator=rng), torch.rand(80, generator=rng) < 0.4
    precision, recall = precision_recall(scores, hits, int(hits.sum()))
    theirs = precision_recall_curve(hits.numpy(), scores.numpy())
    np.testing.assert_allclose(precision.flip(0).numpy(), theirs[0][:-1], atol=1e-9)
    np.testing.assert_allclose(recall.flip(0).numpy(), theirs[1][:-1], atol=1e-9)


def test_average_precision_is_that_of_pycocotools_with_fine_steps(rng):
    """Boxes in twelve pictures; pycocotools takes the mean over recalls, here 5,001 of them."""
    truth, found = [], []
    scores, hits = [], []
    for picture in range(12):
        true = some_boxes(int(torch.randint(1, 6, (1,), generator=rng)), rng)
        noise = 6 * torch.randn(len(true), 4, generator=rng)
        noise[:, 2:] = noise[:, :2] + noise[:, 2:] / 4
        boxes = torch.cat([true + noise, true + noise / 3, some_boxes(3, rng)])
        values = torch.rand(len(boxes), generator=rng)
        order = values.argsort(descending=True)
        boxes, values = boxes[order], values[order]
        scores.append(values)
        hits.append(match(boxes, true))
        truth += [dict(image_id=picture, category_id=1, bbox=b.tolist(), iscrowd=0,
                       area=float(b[2] * b[3])) for b in as_coco(true)]  # fmt: skip
        found += [dict(image_id=picture, category_id=1, bbox=b.tolist(), score=float(s))
                  for b, s in zip(as_coco(boxes), values, strict=True)]  # fmt: skip
    for number, one in enumerate(truth, 1):
        one["id"] = number
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = {"images": [{"id": i} for i in range(12)], "annotations": truth,
                        "categories": [{"id": 1}], "info": {}}  # fmt: skip
        coco.createIndex()
        judge = COCOeval(coco, coco.loadRes(found), "bbox")
        judge.params.iouThrs = np.array([0.5])
        judge.params.recThrs = np.linspace(0, 1, 5001)
        judge.evaluate()
        judge.accumulate()
    theirs = judge.eval["precision"][0, :, 0, 0, -1].mean()
    ours = average_precision(torch.cat(scores), torch.cat(hits), len(truth))
    assert 0.1 < ours < 0.9
    assert ours == pytest.approx(theirs, abs=2e-3)
