"""What happens to stones in Go, on bits: taking, liberties, areas.

All but `last_liberty` work on one board (integers) and on many (arrays) alike; see
`labs.play.board.games.bits`.  `own` are the stones of who moves.
"""

from labs.play.board.games.bits import Bits, Board, beside, flood


def after(board: Board, own: Bits, other: Bits, stone: Bits) -> tuple[Bits, Bits]:
    """Return both players' stones after `own` put one and the other's dead ones were taken."""
    own = own | stone
    free = board.full & ~(own | other)
    return own, flood(beside(free, board.stride) & other, other, board.stride)


def last_liberty(board: Board, stones: int, free: int) -> int:
    """Return the stones of all groups that have one liberty; free: the points without a stone."""
    found = 0
    while stones:
        group = flood(stones & -stones, stones, board.stride)
        liberties = beside(group, board.stride) & free
        if not liberties & (liberties - 1):
            found |= group
        stones &= ~group
    return found


def with_liberty(board: Board, own: Bits, other: Bits, own_short: Bits, other_short: Bits) -> Bits:
    """Return where a stone would have a liberty, given the groups that have only one.

    It has one by a free point beside it, by a group of its own that has another, or by taking.
    """
    stride = board.stride
    free = board.full & ~(own | other)
    return free & (
        beside(free, stride) | beside(own & ~own_short, stride) | beside(other_short, stride)
    )


def areas(board: Board, first: Bits, second: Bits) -> tuple[Bits, Bits]:
    """Return Black's and White's points: stones, and regions that touch no stone of the other.

    An empty board is nobody's.
    """
    free = board.full & ~(first | second)
    reach = flood(first, first | free, board.stride)
    others = flood(second, second | free, board.stride)
    return reach & ~others, others & ~reach
