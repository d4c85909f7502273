"""What each kind of panel reads of a frame, what it sends, and what can be chosen about it.

A key of a frame is "maps/<name>", "values/<name>", "images/<name>" or "notes/<name>"; a note that
many panels share is one mapping by panel, "notes/<group>/<name>".  In a key below, {name} is the
panel's name, and another word in braces is the value of that option.

`docs/panels.md` is written from this table by `python -m labs.live.panels`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from labs.live.frame import Frame

Words = Mapping[str, str]

GROUPS = (  # notes that are a mapping by panel, or by knob
    "bands", "boxes", "captions", "chosen", "colors", "faults", "grids", "handles", "labels",
    "limits", "lines", "log", "marks", "off", "ranges", "strong", "tables", "ticks", "titles",
    "tops", "words",
)  # fmt: skip
STAGE: Words = {
    "settings": "value by control",
    "met": "keys of the challenges that were met",
    "address": "what the page's address must say anew; a name with \"\" is taken out",
    "say": "a sentence for a screen reader, spoken when the hand rests",
    "scale": "of maps that name none: by \"unit\", \"layer\" or \"global\"",
    "apart": "names of maps that the global scale leaves out",
    "idle": "names of controls that have no effect now",
    "hidden": "names of controls that are not shown now; “samples” are those of a pad",
    "away": "names of panels that are not shown now",
    "photos": "names of `photo` panels that show an image, the others show a map",
    "ticks": "by knob {value, text}: a mark at its slider",
    "tops": "by knob: where its slider ends now",
    "titles": "by panel: the line under its title",
}  # fmt: skip


@dataclass(frozen=True)
class PanelKind:
    """One kind of picture; a file of its name in pages/ui/stage/panels draws it."""

    about: str
    needs: Words = field(default_factory=dict)  # what a frame must hold for it
    reads: Words = field(default_factory=dict)  # what it may hold besides
    sends: Words = field(default_factory=dict)  # by kind of event
    options: Words = field(default_factory=dict)

    @property
    def keys(self) -> Words:
        """All that it reads."""
        return {**self.needs, **self.reads}


_SIZE = {"width": "CSS pixels", "height": "CSS pixels"}
_MAPS = {
    "maps/{name}": "(K, H, W), each tile quantised with a range of its own",
}
_MAP_NOTES = {
    "notes/colors/{name}": "the colour map: signed, gradient, unsigned or ink",
    "notes/limits/{name}": "the value of the strongest colour",
    "notes/labels/{name}": "a text under each tile",
    "notes/marks/{name}": "[{unit, box, dot}]: outlined tiles, boxes in cells or places in [0, 1]",
    "notes/off/{name}": "tiles that are switched off",
}
_MAP_OPTIONS = {
    "map": "signed, gradient, unsigned or ink, unless the frame names it",
    "limit": "the value of the strongest colour",
    "scale": "unit, layer or global, instead of what the frame says",
    "click": "whether a cell can be clicked",
    "hover": "whether it tells what is under the pointer",
    "read": "whether the value under the pointer is shown",
}
_CLICK = {"click": "a cell: unit, row, col"}
KINDS: Mapping[str, PanelKind] = {
    "alignment": PanelKind(
        "Which words of a sentence were looked at for each word of another.",
        {
            "values/{name}": "(rows, columns), the weights",
            "notes/{name}": "{columns, rows, chosen, moved, forced}: texts, and numbers of rows",
        },
        sends={"click": "a row", "aim": "row, at: where it shall look, between two columns"},
        options=_SIZE | {
            "as": "matrix or lines", "cell": "CSS pixels", "most": "rows and columns that it has "
            "room for", "left": "CSS pixels of the rows' names", "edit": "whether weights can be "
            "moved", "click": "whether a row can be chosen",
        },
    ),
    "arithmetic": PanelKind(
        "How one number was made, term by term.",
        {"notes/{name}": "{title, text, form, sum, labels, parts, winner, ink, ...}"},
        {
            f"values/{{name}}.{part}": text
            for part, text in {
                "patch": "(C, h, w), the inputs", "kernel": "(C, h, w), the weights",
                "product": "(C, h, w)", "rows": "(N, 3): input, weight, product",
            }.items()
        },
        options={"height": "CSS pixels that it keeps", "cell": "pixels of a cell"},
    ),
    "bars": PanelKind(
        "One number a row, the largest in bold.",
        {"values/{name}": "(N,)"},
        {
            "values/{beside}": "(N,), a second number in each row",
            "notes/chosen/{name}": "the row that is chosen",
            "notes/labels/{name}": "names of the rows, where they change",
        },
        {"click": "a row: unit, row 0, col"},
        {
            "labels": "names of the rows", "percent": "whether values are shares",
            "click": "whether a row can be chosen", "width": "CSS pixels",
            "beside": "a frame's values that stand beside these", "heads": "names of both columns",
            "labelWidth": "CSS pixels of names that change: they then stand above the bars",
        },
    ),
    "blocks": PanelKind(
        "A network as boxes from left to right, which unfold.",
        {"notes/{name}": "{blocks, fault, input}"},
        sends={"block": "a box: path"},
    ),
    "board": PanelKind(
        "A game's board, on which one plays; or several small ones.",
        {
            "values/{name}": "(rows, columns): 0 empty, 1 and 2 the players; (K, rows, columns): "
            "K boards",
            "notes/{name}": "{kind: crossings, slots or squares; turn, legal: 0 or 1 a move, "
            "moves: [row, col] of each or null, words: of the moves, across and down: coordinates, "
            "last, line, taken, chosen, values: [before, after] the search, busy: share}; of "
            "several boards {kind, lasts, lines, texts, chosen}",
        },
        {"values/{name}.shares": "(3, moves): share before and after the search, and Q; NaN: none"},
        {"play": "a move: unit", "click": "a move, or one of several boards: unit"},
        {
            "size": "CSS pixels", "act": "play or click: what choosing a place sends",
            "shares": "whether shares are drawn; policy: those of a net alone",
            "value": "whether the value stands beside it",
            "columns": "of several boards, at most", "tile": "CSS pixels of each",
        },
    ),
    "camera": PanelKind(
        "Pictures from the camera, a file or the clipboard, cut to their middle square.",
        sends={"picture": "data: base64 of a JPEG"},
        options={"side": "pixels that are sent"},
    ),
    "cells": PanelKind(
        "A matrix of numbers.",
        {"values/{name}": "(rows, columns)"},
        {
            "notes/chosen/{name}": "the cell that is chosen, counted row by row",
            "notes/boxes/{name}": "[[top, left, bottom, right]]: outlined windows",
            "notes/captions/{name}": "a line below",
        },
        {"click": "a cell: row, col", "edit": "a cell's new value: index, value"},
        {
            "cell": "CSS pixels", "map": "signed, gradient or unsigned",
            "edit": "whether cells can be dragged", "click": "whether a cell can be chosen",
            "labels": "names of rows and columns", "columns": "of the columns, if they are others",
            "rowTitle": "title", "colTitle": "title", "digits": "after the point",
            "limit": "the value of the strongest colour", "box": "CSS pixels of the longer side",
            "blank": "whether NaN is an empty cell",
        },
    ),
    "checklist": PanelKind(
        "The challenges, ticked when they are met.",
        {"notes/met": "keys of those that were met"},
        options={"items": "[{key, text, hint}]"},
    ),
    "curve": PanelKind(
        "Numbers over steps, several lines.",
        {"values/{name}": "(1 + lines, points): the steps, then each line; NaN is a gap"},
        {
            "notes/log/{name}": "whether the axis is logarithmic now",
            "notes/lines/{name}": "other names of the lines",
            "values/{name}.bands": "(lines, 2, points): from where to where each line may lie",
        },
        options=_SIZE | {
            "names": "of the lines", "inks": "of the lines, names of the palette",
            "xTitle": "title", "yTitle": "title", "low": "end of the axis",
            "high": "end of the axis", "log": "whether the axis is logarithmic",
            "last": "whether the legend shows the last values", "dashed": "numbers of lines",
            "bridge": "whether gaps are drawn across", "ticks": "values at the axis",
            "sparing": "whether the legend leaves out lines without values",
        },
    ),
    "dial": PanelKind(
        "A map with handles on it.",
        _MAPS,
        {"notes/handles/{name}": "[{at: [u, v], name}] in the unit square", **_MAP_NOTES},
        {"handle": "index, u, v"},
        {**_MAP_OPTIONS, "tile": "CSS pixels"},
    ),
    "dots": PanelKind(
        "Points over two axes, each of which can be opened.",
        {
            "values/{name}": "(3, N): x, y, class",
            "notes/{name}": "{low, high, texts, chosen, now}: ends of both axes, a text for each "
            "point, numbers of points, and a place that is crossed",
        },
        sends={"click": "a point: unit"},
        options=_SIZE | {"names": "of the classes", "xTitle": "title", "yTitle": "title",
                         "digits": "after the point"},
    ),
    "entry": PanelKind(
        "A line of text that acts while it is typed.",
        {"notes/{name}": "{text, fault: {at, text, typed} or null}"},
        sends={"text": "value"},
        options={"label": "before it", "longest": "characters"},
    ),
    "examples": PanelKind(
        "Classes by name, each with its examples as small pictures.",
        {"notes/{name}": "{names, labels, columns, shown, most, remark}",
         "images/{name}": "JPEG: the sheet of all examples"},
        sends={"add": "unit: what is seen becomes its example", "bring": "unit, data: base64",
               "name": "unit, value", "class": "another class", "drop": "unit",
               "click": "an example: index", "remove": "index", "hello": ""},
        options={"side": "pixels that are sent", "width": "CSS pixels"},
    ),
    "graph": PanelKind(
        "Nodes and arrows, with numbers that flow both ways.",
        {"notes/{name}": "{size, chosen, nodes: [{x, y, shape, text, name, up, down, state}], "
                         "edges: [{from, to, via, up, down, state}]}"},
        sends={"click": "a node: unit", "edge": "an edge: unit"},
        options={
            "width": "CSS pixels", "column": "CSS pixels", "row": "CSS pixels", "click": "whether "
            "nodes can be chosen", "edges": "whether edges can be", "legend": "names of the "
            "numbers",
        },
    ),
    "image": PanelKind(
        "One picture: a map of 8 bits, or a photograph.",
        reads={
            "maps/{name}": "(1, H, W)", "images/{name}": "JPEG or PNG instead of the map",
            **_MAP_NOTES,
        },
        sends=_CLICK,
        options={**_MAP_OPTIONS, "size": "CSS pixels", "tall": "CSS pixels at most"},
    ),
    "lattice": PanelKind(
        "The paths of a text through frames, each node and line by its share of the probability.",
        {
            "values/{name}": "(rows, columns), shares; NaN: no path goes there",
            "notes/{name}": "{rows: texts, inks: of the ten colours or null, path: row of each "
            "column, chosen: [row, column] or null, columns: texts, texts: [[text]] in the nodes, "
            "said; on a time axis first, step, end: seconds, at}",
        },
        {"values/{name}.edges": "(3, rows, columns - 1): shares of staying, of going on by one row "
         "and by two"},
        {"click": "a node: row, col"},
        {
            "width": "CSS pixels", "row": "CSS pixels of a row", "rows": "that it has room for",
            "timed": "whether its columns stand on a time axis", "radius": "CSS pixels of a node",
        },
    ),
    "ledger": PanelKind(
        "A table of formulas and numbers under a title.",
        {"notes/{name}": "{title?, text?, head, rows: [[text]], ink?, on?, sum?}"},
        sends={"click": "a row: unit"},
        options={
            "click": "whether a row can be chosen", "width": "CSS pixels", "rows": "at least",
            "room": "CSS pixels at least, at any scale",
        },
    ),
    "maps": PanelKind(
        "A stack of 2-D arrays as tiles.",
        _MAPS,
        _MAP_NOTES,
        {**_CLICK, "hover": "a cell: unit, row, col"},
        {
            **_MAP_OPTIONS, "columns": "at most", "few": "columns on a phone", "tile": "CSS pixels",
            "gap": "CSS pixels", "whole": "whether a tile is chosen as a whole",
            "aspect": "of a tile", "labelled": "whether room is kept for labels",
        },
    ),
    "network": PanelKind(
        "A dense net on the plane: every unit is its own map, every edge a weight.",
        {
            "notes/{name}": "{features, layers, limits, frozen, dead, saturated, selected, edge, "
                            "gradient, single}",
            "values/theta": "(P,), weights and biases layer by layer",
            "maps/units": "(units, H, W)",
        },
        {"maps/features": "(inputs, H, W), sent once", "values/slopes": "(P,), of the gradient"},
        {
            "select": "layer, unit", "hover": "layer, unit", "leave": "the pointer is away",
            "edge": "layer, unit, source", "weight": "layer, unit, source, value",
            "freeze": "layer, unit, source", "cut": "layer, unit, source", "feature": "key",
            "activation": "layer, value", "add_unit": "layer", "remove_unit": "layer",
            "add_layer": "layer", "remove_layer": "layer", "hello": "it was just opened",
        },
        {**_SIZE, "fixed": "whether layers stay as they are", "reach": "of a weight's slider"},
    ),
    "parallel": PanelKind(
        "Trials as lines across all settings and the loss.",
        {
            "values/{name}": "(axes, N): places in [0, 1]; the last axis is the loss, 0 the lowest",
            "notes/{name}": "{axes: [{title, ticks: [[place, text]]}], first, picked}",
        },
        sends={"click": "a trial: unit"},
        options=_SIZE,
    ),
    "pad": PanelKind(
        "Draw with mouse, pen or finger.",
        {"notes/{name}": "{strokes, example, picture}, sent when they change"},
        {
            "images/{name}": "PNG: the picture under the strokes",
            "images/{over}": "the picture that is painted on",
            "notes/marks/{name}": "[{box, ink, text}] in [0, 1]; ink: a colour or its name",
        },
        {
            "stroke": "begin, width, erase, points", "lift": "the hand is lifted", "undo": "",
            "clear": "", "sample": "value", "restore": "strokes, base", "hello": "",
            "grab": "a drawing is taken up: x, y", "move": "what was taken up: x, y",
        },
        {
            "size": "CSS pixels", "samples": "names of examples", "over": "an image's name",
            "paper": "height over width, where strokes are ink over that image",
            "pen": "[least, usual, largest] width", "move": "whether drawings can be moved",
        },
    ),
    "photo": PanelKind(
        "A picture whose cells can be pointed at; a sentence where there is none.",
        reads={
            "maps/{name}": "(1, H, W)", "images/{name}": "JPEG or PNG", **_MAP_NOTES,
            "notes/marks/{name}": "[{box, dot, line, ring, ink}] in cells: line [row, col, row, "
            "col], ring [row, col, radius, angle], and an ink; a box may have a text and a "
            "thickness",
            "values/{name}": "the exact numbers of few cells",
            "notes/grids/{name}": "[rows, columns] of cells",
            "notes/faults/{name}": "why there is no picture",
        },
        sends={"hover": "a cell: row, col", "click": "a cell: row, col", "hello": ""},
        options={
            **_MAP_OPTIONS, "size": "CSS pixels", "tile": "CSS pixels", "pointer": "whether cells "
            "can be pointed at", "least": "CSS pixels, below which it scrolls", "setting": "name",
        },
    ),
    "plane": PanelKind(
        "A field over two axes, and points on it.",
        {"notes/{name}": "{classes, names, limit, low, high, word, probability, probe, "
                         "handles, ...}"},
        {
            "maps/{name}": "(1, H, W), the field; row 0 is the upper edge",
            "values/{name}": "(3, N): x, y, class; or (4, N), then 1 or 0 for training or test",
            "values/{points}": "the same under another name",
            "values/{name}.lines": "(lines, 2, places)",
            "values/{name}.arrows": "(4, N): x, y, and how far each arrow goes",
        },
        {
            "add": "x, y, label", "move": "index, x, y", "remove": "index", "clear": "",
            "hover": "x, y", "handle": "index, x, y", "hello": "",
        },
        {
            "size": "CSS pixels", "edit": "whether points can be put", "titles": "of both axes",
            "handles": "what each handle does", "points": "name of the points",
            "map": "signed, unsigned or ink", "clear": "what the button for it says",
            "free": "names of handles that are all that moves; a click brings the first",
            "veil": "share of the paper over the field",
        },
    ),
    "ranks": PanelKind(
        "Rows whose names change, the strongest first.",
        {"notes/{name}": "{rows: [[label, value, behind, text]], chosen, foot, limit?, die?}"},
        sends={"click": "a row: unit, label"},
        options={
            "count": "rows", "width": "CSS pixels", "click": "whether a row can be chosen",
            "limit": "value of the longest bar", "label": "characters", "above": "whether labels "
            "have lines of their own", "told": "characters of the text", "die": "whether the "
            "shares lie side by side above", "lively": "whether it changes with every frame",
        },
    ),
    "runs": PanelKind(
        "Learning curves of many trials, and the rungs at which some were cut.",
        {
            "values/{name}": "(1 + N, epochs): the epochs, then each loss; NaN where it ended",
            "notes/{name}": "{ink, rungs, first, cut: [bool], picked}",
        },
        sends={"click": "a trial: unit"},
        options=_SIZE | {"inks": "of the methods, names of the palette"},
    ),
    "scatter": PanelKind(
        "Examples as small pictures on a plane, which are dragged out or onto a class's name.",
        {"values/{name}": "(2, N) in [-1, 1]",
         "notes/{name}": "{names, labels, columns, now: [x, y], shown}"},
        {"images/{sheet}": "JPEG: the sheet of all examples"},
        {"click": "an example: index", "relabel": "index, label", "remove": "index"},
        {"size": "CSS pixels", "sheet": "the panel whose examples these are"},
    ),
    "sketch": PanelKind(
        "Functions of one number; the first may be drawn with the pen.",
        {"values/{name}": "(1 + curves, places): x, then each curve"},
        {
            "values/{name}.parts": "(parts, places): thin lines",
            "notes/ranges/{name}": "[low, high] of the axis",
            "notes/strong/{name}": "how many of the parts are strong",
            "notes/bands/{name}": "[from, to]: a stretch of the axis",
            "values/{name}.band": "(2, places): from where to where the second curve may lie",
            "values/{name}.dots": "(2, N): points, x and y",
        },
        {
            "stroke": "begin, points: [[x, y]]", "add": "a point: x, y",
            "move": "a point: index, x, y", "remove": "a point: index",
        },
        _SIZE | {
            "edit": "whether it can be drawn on", "names": "of the curves", "xTitle": "title",
            "yTitle": "title", "parts": "what the thin lines are",
            "band": "what the band is", "dots": "what the points are; a click then adds one",
        },
    ),
    "sliders": PanelKind(
        "One slider and one number for each value there is at the moment.",
        {"notes/{name}": "[{name, value, reach}]"},
        sends={
            "slide": "name, value", "type": "name, value", "restore": "values by name",
        },
        options={"width": "CSS pixels"},
    ),
    "spectrum": PanelKind(
        "Eigenvalues in the complex plane, with the unit circle.",
        {
            "values/{name}": "(3, N): real part, imaginary part, 0 of a step or 1 of the matrix",
            "notes/{name}": "{side, ink, matrix}",
        },
        options={"size": "CSS pixels"},
    ),
    "strips": PanelKind(
        "A histogram for every layer, as columns of a picture.",
        {"maps/{name}": "(1, bins, layers), the largest value on top",
         "notes/{name}": "{low, high, chosen?}"},
        sends={"click": "a layer: unit"},
        options=_SIZE | {
            "xTitle": "title", "yTitle": "title", "power": "whether the axis is a power of ten",
            "click": "whether a layer can be chosen", "ink": "colour",
        },
    ),
    "surface": PanelKind(
        "A loss over the plane as level lines, with balls that roll on it.",
        {
            "values/{name}.field": "(H, W), row 0 is the lower edge, sent when it changes",
            "values/{name}.trails": "(balls, steps, 2)",
            "notes/{name}": "{low, high, minima, start, off, chosen, arrows}",
        },
        sends={"start": "x, y", "lift": "", "toggle": "a ball: unit", "click": "a ball: unit",
               "hello": ""},
        options=_SIZE | {"names": "of the balls", "letters": "on them", "x": "title", "y": "title"},
    ),
    "table": PanelKind(
        "Rows of words and numbers under one sentence.",
        {"notes/tables/{name}": "{said?, good?, rows?, chosen?}"},
        options={
            "head": "titles of the columns", "rows": "how many", "lines": "of the sentence",
            "width": "CSS pixels",
        },
    ),
    "text": PanelKind(
        "Characters coloured by a value.",
        {"notes/{name}": "{text, start, selected, brush, marked, typed, high, label, caret}"},
        {
            "values/{name}": "(N,), one number a character",
            "notes/colors/{name}": "signed or unsigned",
        },
        {"click": "index", "brush": "from, to", "type": "value"},
        {
            "rows": "lines", "columns": "characters", "input": "what the box above is for",
            "limit": "characters of the box", "click": "whether one can be chosen",
            "unit": "of the values",
        },
    ),
    "timeline": PanelKind(
        "Scrub through the moments of a drawing or a training.",
        {"notes/{name}": "{at, count, said: [[text, until]]}"},
        sends={"moment": "value"},
    ),
    "timemap": PanelKind(
        "A map whose columns are moments; a drag may switch a box of it off, or draw in it.",
        {
            "maps/{name}": "(1, rows, columns), row 0 on top",
            "notes/{name}": "{first, step, end: seconds; ticks: [[place from the top, text]], "
            "names: of the rows, at: seconds or null, row: or null, boxes: [[first column, last, "
            "first row, last]], limit, map, pen: whether a drag draws}",
        },
        sends={
            "click": "a cell: row, col", "brush": "a box: begin, box", "remove": "a box: index",
            "pen": "a line: cells",
        },
        options=_SIZE | {
            "map": "signed, gradient or unsigned", "limit": "the value of the strongest colour",
            "brush": "whether a drag switches off", "click": "whether a cell can be chosen",
            "axis": "whether seconds stand below", "yTitle": "title", "unit": "of the values",
        },
    ),
    "tree": PanelKind(
        "A search tree that grows: lines as wide as their visits, boards along the principal line.",
        {
            "values/{name}": "(7, N): id, x in [0, 1], depth, parent, visits, Q for the first "
            "player, prior; the root comes first",
            "notes/{name}": "{names, boards: [{node, cells, last}], kind, shape, way: nodes, "
            "stage: 0 to 3, leaf: text, line: nodes, chosen}",
        },
        sends={"click": "a node: unit"},
        options=_SIZE,
    ),
    "track": PanelKind(
        "A road from above and cars on it; it is driven on, and drawn.",
        {
            "values/{name}": "(5, cars): x and y in metres, heading, kind, 1 where it crashed",
            "values/{name}.road": "(2, N), the middle of the road, sent when it changes",
            "notes/{name}": "{world: [width, height] in metres, half: the road's half width, "
            "chosen: a car, drawing, map, limit, bare: no field}",
        },
        {
            "values/{name}.rays": "(2, rays): where those of the chosen car end",
            "values/{name}.trail": "(3, T): x, y, kind; NaN is a gap",
            "values/{name}.arrows": "(4, N): x, y, and how far each arrow goes",
            "values/{name}.marks": "(3, N): x, y, strength in [0, 1]",
            "maps/{name}": "(1, H, W), a field on the road; row 0 is the upper edge",
        },
        {"drive": "turn and pedal in [-1, 1], as keys are held", "move": "x, y: a held pointer",
         "stroke": "begin, points: [[x, y]] in metres, a whole line", "lift": "", "hello": ""},
        {"width": "CSS pixels", "names": "of the kinds of cars",
         "inks": "of the kinds, names of the palette", "drive": "whether keys drive",
         "edit": "whether a track can be drawn", "field": "what the field is",
         "arrows": "what the arrows are", "marks": "what the marks are"},
    ),
    "trials": PanelKind(
        "Trials as dots over two settings, coloured by their loss.",
        {
            "values/{name}": "(5, N): x and y in [0, 1], method, 1 if it was cut, 1 for the lowest "
            "loss to 0 for guessing",
            "notes/{name}": "{x, y: {title, ticks}, chosen, picked, waiting, low, high}",
        },
        {"maps/{name}": "(1, H, W), the true loss in the same colours; row 0 is the upper edge"},
        {"try": "a place: x, y in [0, 1]", "click": "a trial: unit"},
        {"size": "CSS pixels", "names": "of the methods",
         "inks": "of the methods, names of the palette"},
    ),
    "unrolled": PanelKind(
        "Quantities of one unit over the last steps.",
        {"values/{name}": "(rows, columns), NaN where there is no step",
         "notes/{name}": "{rows, columns, chosen, text}"},
        sends={"click": "a step: unit, row"},
        options={"cell": "CSS pixels", "limit": "strongest value", "label": "CSS pixels"},
    ),
    "wave": PanelKind(
        "A sound as its wave, with rows of coloured cells under it; scrub and hear.",
        {
            "values/{name}": "(2, columns), lowest and highest sample of each column",
            "notes/{name}": "{end, sound: seconds; rate, peak, top: its text, at: seconds or null, "
            "rows: [{name, cells: [[from, to, text, ink, share]]}], said}",
        },
        {"images/{name}": "a WAV file of 16 bits, mono: what is heard"},
        {
            "moment": "value: seconds", "lift": "the microphone is off",
            "sound": "a piece of the microphone's: data: base64 of 16-bit numbers; rate, begin",
        },
        _SIZE | {
            "rows": "of cells that it has room for",
            "speak": "seconds that the microphone may be on; 0: it has none",
        },
    ),
    "weights": PanelKind(
        "One unit's sum, row by row; every weight may be typed, frozen or cut.",
        {"values/{name}": "(N, 3): input, weight, product",
         "notes/{name}": "{title, text, layer, unit, names, frozen, chosen, sum}"},
        sends={"weight": "layer, unit, source, value", "freeze": "layer, unit, source",
               "cut": "layer, unit, source"},
        options={"of": "the panel whose edges these are", "plain": "whether weights are only typed",
                 "width": "CSS pixels"},
    ),
    "words": PanelKind(
        "Short texts, each under a title.",
        {"notes/words/{name}": "[{title, text}]"},
        options={"row": "whether they stand side by side", "height": "CSS pixels that it keeps",
                 "live": "whether a screen reader hears of a change",
                 "size": "CSS pixels of the type"},
    ),
}  # fmt: skip


class Shown(Protocol):
    """A panel as a card holds it."""

    kind: str
    name: str
    options: Mapping[str, Any]


def check(kind: str, name: str, options: Mapping[str, Any]) -> None:
    """Raise ValueError for a kind of panel that there is not, or an option that it has not."""
    if kind not in KINDS:
        raise ValueError(f"panel {name}: there is no kind {kind!r}, only {', '.join(KINDS)}")
    if unknown := options.keys() - KINDS[kind].options.keys():
        known = ", ".join(KINDS[kind].options) or "none"
        raise ValueError(f"panel {name}: {kind} has no option {sorted(unknown)}; it has {known}")


def missing(frame: Frame, panels: Iterable[Shown]) -> list[str]:
    """Return what panels need and a frame has not, each with its panel."""
    have = set(entries(frame))
    return [
        f"{panel.kind} {panel.name} needs {key}"
        for panel in panels
        for key in _filled(panel, KINDS[panel.kind].needs)
        if key not in have
    ]


def unread(frame: Frame, panels: Iterable[Shown]) -> list[str]:
    """Return what a frame has and no panel reads."""
    panels = list(panels)
    read = {key for panel in panels for key in _filled(panel, KINDS[panel.kind].keys)}
    read |= {f"notes/titles/{panel.name}" for panel in panels} | {f"notes/{k}" for k in STAGE}
    return [
        key for key in entries(frame)
        if key not in read and not key.startswith(("notes/tops/", "notes/ticks/"))
    ]  # fmt: skip


def entries(frame: Frame) -> Iterator[str]:
    """Yield the keys of a frame."""
    for part in ("maps", "values", "images"):
        yield from (f"{part}/{name}" for name in getattr(frame, part))
    for name, note in frame.notes.items():
        if name in GROUPS:
            yield from (f"notes/{name}/{panel}" for panel in note)
        else:
            yield f"notes/{name}"


def _filled(panel: Shown, keys: Collection[str]) -> Iterator[str]:
    """The keys with the panel's name and options in them, without those of options not given."""
    for key in keys:
        word = key[key.find("{") + 1 : key.find("}")]
        value = panel.name if word == "name" else panel.options.get(word)
        if value or "{" not in key:
            yield key.replace(f"{{{word}}}", str(value))


def document() -> str:
    """Return the text of docs/panels.md."""
    lines = [
        "# Panels", "",
        "A card's panel draws the entries of a frame that carry its name. This page lists, for "
        "each kind, what it reads (a frame must hold what is in bold), what it sends, and its "
        "options. `{name}` is the panel's name. It is written by "
        "`python -m labs.live.panels > docs/panels.md`; a test holds it equal to the table in "
        "`labs/live/panels.py`.", "",
        "Beside its panels a stage reads these notes:", "",
        *(f"- `{name}`: {text}" for name, text in STAGE.items()),
    ]  # fmt: skip
    for name, kind in KINDS.items():
        lines += ["", f"## {name}", "", kind.about]
        reads = [f"- **`{key}`**: {text}" for key, text in kind.needs.items()]
        reads += [f"- `{key}`: {text}" for key, text in kind.reads.items()]
        for title, items in (
            ("Reads", reads),
            ("Sends", _items(kind.sends)),
            ("Options", _items(kind.options)),
        ):
            if items:
                lines += ["", f"{title}:", "", *items]
    return "\n".join(lines) + "\n"


def _items(words: Words) -> list[str]:
    return [f"- `{name}`: {text}" if text else f"- `{name}`" for name, text in words.items()]


if __name__ == "__main__":
    print(document(), end="")
