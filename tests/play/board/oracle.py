"""Go by brute force, on lists: a second account of the rules that shares nothing with the first."""

Grid = tuple[tuple[int, ...], ...]  # 0 empty, 1 Black, 2 White


def group(grid: Grid, row: int, column: int) -> tuple[set, set]:
    """Return the points of a stone's group (or of an empty region), and all points beside it."""
    size, colour = len(grid), grid[row][column]
    found, beside, waiting = set(), set(), [(row, column)]
    while waiting:
        r, c = waiting.pop()
        if (r, c) in found:
            continue
        found.add((r, c))
        for y, x in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
            if 0 <= y < size and 0 <= x < size:
                if grid[y][x] == colour:
                    waiting.append((y, x))
                else:
                    beside.add((y, x))
    return found, beside


def put(grid: Grid, row: int, column: int, colour: int) -> Grid | None:
    """Return the board after a stone and what it takes; None for a taken point and for suicide."""
    if grid[row][column]:
        return None
    board = [list(line) for line in grid]
    board[row][column] = colour
    for r in range(len(board)):
        for c in range(len(board)):
            if board[r][c] == 3 - colour:
                points, beside = group(board, r, c)
                if all(board[y][x] for y, x in beside):
                    for y, x in points:
                        board[y][x] = -1  # taken all at once, below
    board = [[max(value, 0) for value in line] for line in board]
    if all(board[y][x] for y, x in group(board, row, column)[1]):
        return None
    return tuple(tuple(line) for line in board)


def area(grid: Grid) -> int:
    """Return Black's stones and regions less White's."""
    score = 0
    for r, line in enumerate(grid):
        for c, value in enumerate(line):
            if value:
                score += 1 if value == 1 else -1
            else:
                colours = {grid[y][x] for y, x in group(grid, r, c)[1]}
                score += {frozenset({1}): 1, frozenset({2}): -1}.get(frozenset(colours), 0)
    return score


class GoOracle:
    """One game of Go, played on."""

    def __init__(self, size: int, komi: float) -> None:
        self.size, self.komi = size, komi
        self.grid: Grid = ((0,) * size,) * size
        self.past, self.ply, self.passes = [self.grid], 0, 0

    def legal(self) -> list[bool]:
        """Return which moves may be made; none when it is over."""
        if self.over():
            return [False] * (self.size**2 + 1)
        colour = 1 + self.ply % 2
        after = [put(self.grid, *divmod(m, self.size), colour) for m in range(self.size**2)]
        return [grid is not None and grid not in self.past for grid in after] + [True]

    def repeats(self, move: int) -> bool:
        """Return whether a move makes a position that has been."""
        return put(self.grid, *divmod(move, self.size), 1 + self.ply % 2) in self.past

    def play(self, move: int) -> None:
        """Make a move."""
        if move == self.size**2:
            self.passes += 1
        else:
            self.grid = put(self.grid, *divmod(move, self.size), 1 + self.ply % 2)
            self.past.append(self.grid)
            self.passes = 0
        self.ply += 1

    def over(self) -> bool:
        """Return whether it has ended."""
        return self.passes >= 2 or self.ply >= 2 * self.size**2

    def result(self) -> int | None:
        """Return 1 if Black has won, -1 if White has, None if it goes on."""
        if not self.over():
            return None
        score = area(self.grid) - self.komi
        return (score > 0) - (score < 0)


class RowsOracle:
    """One game of tic-tac-toe or Connect Four, played on."""

    def __init__(self, rows: int, columns: int, length: int, drops: bool) -> None:
        self.rows, self.columns, self.length, self.drops = rows, columns, length, drops
        self.grid = [[0] * columns for _ in range(rows)]
        self.ply = 0

    def legal(self) -> list[bool]:
        """Return which moves may be made; none when it is over."""
        if self.result() is not None:
            return [False] * (self.columns if self.drops else self.rows * self.columns)
        if self.drops:
            return [value == 0 for value in self.grid[0]]
        return [value == 0 for line in self.grid for value in line]

    def play(self, move: int) -> None:
        """Make a move."""
        if self.drops:
            row = max(r for r in range(self.rows) if self.grid[r][move] == 0)
            self.grid[row][move] = 1 + self.ply % 2
        else:
            self.grid[move // self.columns][move % self.columns] = 1 + self.ply % 2
        self.ply += 1

    def result(self) -> int | None:
        """Return 1 or -1 for who has a row, 0 for a full board, None if it goes on."""
        for r in range(self.rows):
            for c in range(self.columns):
                for y, x in ((0, 1), (1, 0), (1, 1), (1, -1)):
                    ends = r + y * (self.length - 1), c + x * (self.length - 1)
                    if ends[0] < self.rows and 0 <= ends[1] < self.columns:
                        line = {self.grid[r + k * y][c + k * x] for k in range(self.length)}
                        if line in ({1}, {2}):
                            return 1 if line == {1} else -1
        return 0 if self.ply == self.rows * self.columns else None
