"""One definition of colour: the figures, the stage and Streamlit's own theme agree."""

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import matplotlib
import pytest
from matplotlib.colors import to_hex

from labs.figures.theme import MAGMA, TEN, THEMES, colormaps, palette, template

ROOT = Path(__file__).parents[2]
STAGE = ROOT / "pages" / "ui" / "stage"
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
DESIGN = {  # DESIGN section 2: light / dark
    "background": ("#fbfaf8", "#0e1117"), "card": ("#ffffff", "#161b24"),
    "ink": ("#1d2330", "#e8ebf2"), "dim": ("#6b7385", "#8d97aa"), "line": ("#e4e2dc", "#262d3a"),
    "accent": ("#1f5fe0", "#6aa2ff"), "positive": ("#1f5fe0", "#6aa2ff"),
    "negative": ("#e8791a", "#ffab57"), "done": ("#2a9d5c", "#2a9d5c"),
}  # fmt: skip
BOTH = pytest.mark.parametrize("theme", ["light", "dark"])


def brightness(color: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((brightness(one), brightness(other)))
    return (bright + 0.05) / (dark + 0.05)


@BOTH
def test_the_tokens_are_the_designs(theme):
    tokens = asdict(THEMES[theme])
    for name, pair in DESIGN.items():
        assert tokens[name] == pair[theme == "dark"], name
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in tokens.values())


@BOTH
def test_text_can_be_read(theme):
    t = THEMES[theme]
    for paper in (t.card, t.background):
        assert contrast(t.ink, paper) >= 7
        assert contrast(t.dim, paper) >= 4.5
        assert contrast(t.accent, paper) >= 4.5


@BOTH
def test_the_ends_of_the_colour_maps(theme):
    t, maps = THEMES[theme], colormaps(theme)
    assert maps["signed"] == [t.negative, t.card, t.positive]
    assert maps["gradient"] == [t.gradient_negative, t.card, t.gradient_positive]
    assert maps["ink"] == [t.card, t.ink]
    assert maps["unsigned"] == list(MAGMA)


def test_magma_is_magma():
    steps = [matplotlib.colormaps["magma"](i / 8) for i in range(9)]
    for ours, theirs in zip(MAGMA, steps, strict=True):
        distance = [
            abs(int(ours[i : i + 2], 16) - int(to_hex(theirs)[i : i + 2], 16)) for i in (1, 3, 5)
        ]
        assert max(distance) <= 3, (ours, to_hex(theirs))


def test_the_stage_gets_tokens_and_maps():
    told = palette()
    assert set(told) == set(THEMES)
    for theme, plain in told.items():
        assert plain == asdict(THEMES[theme]) | {"maps": colormaps(theme), "ten": list(TEN)}


def test_the_stage_has_no_colour_of_its_own():
    known = {c for t in THEMES.values() for c in asdict(t).values()} | set(MAGMA)
    for file in [*STAGE.rglob("*.js"), *STAGE.rglob("*.css")]:
        for color in re.findall(r"#[0-9a-fA-F]{3,8}\b", file.read_text()):
            full = "#" + "".join(2 * c for c in color[1:]) if len(color) == 4 else color
            assert full.lower() in known, f"{file.name}: {color}"


@BOTH
def test_streamlits_theme_is_ours(theme):
    t, config = THEMES[theme], CONFIG["theme"][theme]
    assert config["primaryColor"] == config["linkColor"] == t.accent
    assert config["backgroundColor"] == config["sidebar"]["backgroundColor"] == t.background
    assert config["secondaryBackgroundColor"] == t.card
    assert config["textColor"] == t.ink
    assert config["borderColor"] == config["sidebar"]["borderColor"] == t.line


def test_the_servers_rules():
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["showEmailPrompt"] is False
    assert CONFIG["server"].get("enableWebsocketCompression", False) is False


@BOTH
def test_the_template(theme):
    t, layout = THEMES[theme], template(theme).layout
    assert layout.colorway[0] == t.accent
    assert layout.font.color == t.ink
    assert layout.xaxis.gridcolor == layout.yaxis.gridcolor == t.line
    diverging = [tuple(stop) for stop in layout.colorscale.diverging]
    assert diverging == [(0.0, t.negative), (0.5, t.card), (1.0, t.positive)]
    sequential = layout.colorscale.sequential
    assert (sequential[0][1], sequential[-1][1]) == (MAGMA[0], MAGMA[-1])
    assert len(sequential) == 9
