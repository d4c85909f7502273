"""What the cars do, measured: laps, circles, standing still, crashing; and a name for it."""

from dataclasses import dataclass

from torch import Tensor

from labs.play.driving.learning import Report
from labs.play.driving.world import SECONDS

MEMORY = 300  # decisions over which it is averaged
EARLY = 600  # decisions before which nothing is said
CRAWL = 2.0  # m/s below which nobody drives laps


@dataclass
class Habits:
    """Running means over all cars."""

    count: int = 0  # decisions
    speed: float = 0.0  # m/s
    forward: float = 0.0  # m/s along the lap, backwards negative
    along: float = 0.0  # m/s along the lap, either way
    turning: float = 0.0  # rad/s of the heading, left positive
    crashes: float = 0.0  # a second, of one car
    earned: float = 0.0  # points a second

    def note(self, report: Report, speed: Tensor, turned: Tensor) -> None:
        """Take in a decision; speed: (N,) m/s; turned: (N,) radians."""
        self.count += 1
        w = max(1 / MEMORY, 1 / self.count)
        news = {
            "speed": speed.mean().item(),
            "forward": report.moved.mean().item() / SECONDS,
            "along": report.moved.abs().mean().item() / SECONDS,
            "turning": turned.mean().item() / SECONDS,
            "crashes": report.crashed.float().mean().item() / SECONDS,
            "earned": report.earned.mean().item() / SECONDS,
        }
        for name, value in news.items():
            setattr(self, name, (1 - w) * getattr(self, name) + w * value)

    @property
    def name(self) -> str:
        """What is seen: "laps", "circles", "stands", "crashes", "both ways", "wrong way", ""."""
        if self.count < EARLY:
            return ""
        if self.speed < 0.8 and self.crashes < 0.05:
            return "stands"
        if self.crashes > 0.25:
            return "crashes"
        if self.forward < -0.5 * self.speed:
            return "wrong way"
        if abs(self.forward) < 0.35 * self.speed and self.crashes < 0.1:
            return "both ways" if self.along > 0.7 * self.speed else "circles"
        drives = self.forward > max(CRAWL, 0.7 * self.speed) and self.crashes < 0.1
        return "laps" if drives else ""

    @property
    def text(self) -> str:
        """What is seen, in a sentence or two."""
        words = {
            "": "They are still finding out.",
            "stands": "They stand still.",
            "crashes": "They crash as soon as they can, or cannot help it.",
            "wrong way": "They drive the wrong way round.",
            "both ways": "They drive both ways round: nothing says where a lap goes.",
            "circles": "They circle: they drive, and get nowhere.",
            "laps": "They drive laps.",
        }
        return words[self.name]
