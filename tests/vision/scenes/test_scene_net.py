"""The net's answer: shapes, its own arithmetic, the public names; the loss; the upsampling."""

import torch
import torch.nn.functional as F

from labs import zoo
from labs.data.doodles import CLASSES, held_out, pack, trace, unpack
from labs.data.scenes import HEIGHT, WIDTH, Maker
from labs.models.scene import ANCHORS, CELL, SceneNet, decode, enlarge
from labs.models.scene_loss import assign, losses, total
from labs.vision.scenes.segmentation import contributions
from labs.vision.scenes.sliding import PACE, WINDOW, convolutional, dense, strip
from labs.vision.scenes.upsampling import bilinear, coverage, transposed


def scene(seed: int = 3):
    return Maker(held_out())(torch.Generator().manual_seed(seed), 4)


def test_the_answer_has_the_shapes_that_were_promised():
    net = zoo.load("scene-net")
    x = torch.cat([scene(s).tensors()[0] for s in (1, 2)])
    answer = net(x)
    assert answer.pixels.shape == (2, len(CLASSES) + 1, HEIGHT, WIDTH)
    assert net.classes == list(CLASSES)
    found = answer.detect(threshold=0.01, iou=0.5)
    assert len(found) == 2
    for one in found:
        assert one.boxes.shape == (len(one.scores), 4) == (len(one.labels), 4)
        assert one.scores.tolist() == sorted(one.scores.tolist(), reverse=True)
        assert (one.scores >= 0.01).all()
    torch.testing.assert_close(net(x[1:]).pixels, answer.pixels[1:], atol=1e-4, rtol=1e-4)


def test_contributions_of_the_strides_sum_to_the_scores():
    answer = zoo.load("scene-net")(scene().tensors()[0])
    parts = contributions(answer, 100, 50)
    assert parts.shape == (4, len(CLASSES) + 1)
    torch.testing.assert_close(parts.sum(0), answer.pixels[0, :, 100, 50], atol=1e-4, rtol=1e-4)


def test_a_cell_of_zeros_is_its_anchor_in_its_middle():
    boxes = decode(torch.zeros(1, len(ANCHORS), 5 + 2, 12, 16))
    w, h = ANCHORS[1]
    middle = ((5 + 0.5) * CELL, (2 + 0.5) * CELL)
    expected = [middle[0] - w / 2, middle[1] - h / 2, middle[0] + w / 2, middle[1] + h / 2]
    assert boxes[0, 1, 2, 5].tolist() == expected


def test_a_true_box_is_answered_for_by_its_cell_and_an_anchor_like_it():
    boxes = torch.tensor([[80.0, 80, 130, 130]])  # 50 x 50 around (105, 105): cell (6, 6)
    which, anchor, row, column = assign(boxes, 12, 16)
    assert set(which.tolist()) == {0}
    assert (6, 6) in set(zip(row.tolist(), column.tolist(), strict=True))
    assert 1 in anchor.tolist()
    assert len(set(zip(row.tolist(), column.tolist(), strict=True))) == 3  # and two beside it


def test_every_part_of_the_loss_falls_while_one_scene_is_learned():
    torch.manual_seed(0)
    net = SceneNet(widths=(8, 16, 16, 24, 32))
    optimizer = torch.optim.Adam(net.parameters(), 3e-3)
    x, pixels, boxes, labels = scene().tensors()
    truth = (pixels[None], boxes, labels, torch.zeros(len(labels), dtype=torch.long))
    curve = []
    for _ in range(60):
        parts = losses(net(x), *truth)
        optimizer.zero_grad()
        total(parts).backward()
        optimizer.step()
        curve.append({name: float(value.detach()) for name, value in parts.items()})
    assert all(curve[-1][name] < 0.7 * curve[0][name] for name in curve[0])


def test_scenes_are_what_their_seed_says_and_their_boxes_hold_their_pixels():
    one, two, other = scene(5), scene(5), scene(6)
    assert (one.ink == two.ink).all()
    assert (one.boxes == two.boxes).all()
    assert (one.ink != other.ink).any()
    for (x0, y0, x1, y1), label in zip(one.boxes, one.labels, strict=True):
        assert 0 <= x0 < x1 <= WIDTH
        assert 0 <= y0 < y1 <= HEIGHT
        inside = one.pixels[int(y0) : int(y1) + 1, int(x0) : int(x1) + 1]
        assert (inside == label + 1).any()


def test_doodles_survive_packing_and_a_traced_line_stays_where_it_was():
    every = held_out()
    assert len(every) > 1000
    strokes = [every.strokes(i) for i in (0, 500)]
    again = unpack(pack([[s * 100 for s in d] for d in strokes], [0, 1]))
    for i, drawn in enumerate(strokes):
        for a, b in zip(drawn, again.strokes(i), strict=True):
            assert abs(a - b).max() < 0.01
    bitmap = torch.zeros(28, 28, dtype=torch.uint8)
    bitmap[10:13, 4:24] = 255  # a bar of three rows: one line along its middle
    (line,) = trace(bitmap.numpy())
    assert abs(line[:, 1] - 46).max() < 5  # four times row 11, and the rim
    assert line[:, 0].max() - line[:, 0].min() > 60


def test_transposed_convolution_is_that_of_torch(rng):
    for k, stride in ((2, 1), (3, 2), (4, 3), (5, 2), (2, 4)):
        x, weight = torch.randn(4, 5, generator=rng), torch.randn(k, k, generator=rng)
        theirs = F.conv_transpose2d(x[None, None], weight[None, None], stride=stride)[0, 0]
        torch.testing.assert_close(transposed(x, weight, stride), theirs, atol=1e-5, rtol=1e-5)


def test_enlarging_is_a_transposed_convolution_with_a_bilinear_kernel(rng):
    x = torch.randn(1, 1, 5, 6, generator=rng)
    for stride in (2, 4):
        kernel = bilinear(2 * stride)[None, None]
        theirs = F.conv_transpose2d(x, kernel, stride=stride, padding=stride // 2)
        inner = slice(stride, -stride)  # at the rim, one repeats the edge, the other sees zeros
        torch.testing.assert_close(
            enlarge(x, stride)[..., inner, inner], theirs[..., inner, inner], atol=1e-5, rtol=1e-5
        )


def test_the_cover_is_even_exactly_where_the_stride_divides_the_kernel():
    for k in range(2, 7):
        for stride in range(1, k + 1):
            inner = coverage(9, 9, k, stride)[k:-k, k:-k]
            assert (inner.min() == inner.max()) == (k % stride == 0), (k, stride)


def test_the_dense_head_slides_as_a_convolution():
    x = strip()
    slid = convolutional(x)[0, :, 0]
    for place in (0, 7, slid.shape[1] - 1):
        window = x[..., PACE * place : PACE * place + WINDOW]
        torch.testing.assert_close(slid[:, place], dense(window)[0], atol=1e-3, rtol=1e-4)
