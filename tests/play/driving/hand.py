"""What a hand does in the driving lab."""

import math

RING = [[50 + 24 * math.cos(k / 10), 33 + 24 * math.sin(k / 10)] for k in range(63)]
DRAWN = [{"setting": "pen", "value": True},
         {"panel": "road", "kind": "stroke", "begin": True, "points": RING}]  # fmt: skip
