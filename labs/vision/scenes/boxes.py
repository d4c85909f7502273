"""Boxes: intersection over union, non-maximum suppression, average precision; written out."""

from labs.models.boxes import (
    area,
    average_precision,
    iou,
    match,
    nms,
    precision_recall,
    suppressed_by,
)

__all__ = ["area", "average_precision", "iou", "match", "nms", "precision_recall", "suppressed_by"]
