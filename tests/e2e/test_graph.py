"""The numbers of a graph find free places along their edges: in every preset, at every moment."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import pytest

from labs.basics import autodiff, backprop
from labs.figures.theme import palette
from labs.live import Lab
from pages.ui.cards import autodiff as autodiff_cards
from pages.ui.cards import backprop as backprop_cards
from pages.ui.stage import Card, Panel
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.e2e

COLLISIONS = """async ([panel, notes, palette]) => {
  const { create } = await import(location.origin + "/stage/panels/graph.js");
  document.body.style.width = "1400px";
  const found = [];
  const over = (a, b) =>
    Math.min(a.right, b.right) > Math.max(a.left, b.left) &&
    Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top);
  for (const k of [0.6, 1, 1.3]) {
    const part = create(panel, { k, palette, send() {}, rest() {} });
    document.body.replaceChildren(part.element);
    part.layout();
    notes.forEach((told, moment) => {
      part.draw({ notes: { [panel.name]: told } });
      const { boxes } = part.element.querySelector("canvas");
      boxes.forEach((a, i) => {
        for (const b of boxes.slice(i + 1))
          if (over(a, b)) found.push(`k ${k}, moment ${moment}: ${a.text} over ${b.text}`);
      });
    });
  }
  return found;
}"""


def moments(lab: Lab, panel: str) -> list[dict]:
    """Return what a panel is told from the first moment to the last."""
    told = []
    for at in range(lab.show().notes["timeline"]["count"] + 1):
        lab.receive({"panel": "timeline", "kind": "moment", "value": at})
        told.append(lab.show().notes[panel])
    return told


def graphs() -> Iterator[tuple[str, dict, list[dict]]]:
    """Yield a name, the panel, and what it is told, of every graph that a preset draws."""
    for presets, lab, cards_of in (
        (autodiff.presets.PRESETS, autodiff.Autodiff, lambda _: autodiff_cards.CARDS),
        (backprop.presets.PRESETS, backprop.Backprop, backprop_cards.cards),
    ):
        for preset in presets:
            shown = lab()
            shown.receive({"setting": "preset", "value": preset})
            for panel in panels(cards_of(shown)):
                yield f"{preset}, {panel.name}", asdict(panel), moments(shown, panel.name)


def panels(shown: Sequence[Card]) -> Iterator[Panel]:
    """The graphs among the panels of these cards."""
    for card in shown:
        yield from (panel for column in card.columns for panel in column if panel.kind == "graph")


def test_no_number_stands_over_another(visit: Visit, subtests):
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/_stcore/health")
    for name, panel, told in graphs():
        with subtests.test(name):
            assert not lab.page.evaluate(COLLISIONS, [panel, told, palette()["light"]])
