"""From a syntax tree to instructions: a whitelist decides, each subexpression is made once."""

import ast
import math
from collections.abc import Sequence
from dataclasses import replace

from labs.basics.autodiff.operations import FUNCTIONS, OPERATIONS, local
from labs.basics.autodiff.program import Instruction, ParseError

DEEPEST = 60  # levels of nesting
MOST = 150  # nodes
NAME = 12  # characters of a name
BINARY = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow"}


class Builder:
    """Collects the instructions of one expression.  `shift` is where its text begins."""

    def __init__(self, shift: int) -> None:
        self.shift = shift
        self.made: list[Instruction] = []
        self.known: dict[tuple, int] = {}  # operation and structure -> instruction
        self.kinds: dict[tuple, int] = {}  # structure -> its number
        self.kind: list[int] = []  # of each instruction
        self.fixed: list[float | None] = []  # the value of an instruction that depends on nothing
        self.parts: dict[str, tuple[ast.expr, ast.AST]] = {}  # what was named and not yet used
        self.named: dict[str, int] = {}

    def build(self, body: Sequence[ast.stmt]) -> list[Instruction]:
        """Return the instructions of parts and expression.  Raises ParseError."""
        for line in body[:-1]:
            self._define(line)
        if not body or not isinstance(body[-1], ast.Expr):
            last = body[-1] if body else ast.Pass(lineno=1, col_offset=0)
            raise self._fault(last, "the last part is the expression itself, without a name.")
        self._visit(body[-1].value, 0)
        for name, (_, target) in self.parts.items():
            raise self._fault(target, f"{name} is given a meaning and never used.")
        return self.made

    def _fault(self, node: ast.AST, sentence: str) -> ParseError:
        return ParseError(getattr(node, "col_offset", 0) + self.shift, sentence)

    def _define(self, line: ast.stmt) -> None:
        match line:
            case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                self._check_name(target)
                if name in self.parts or name in FUNCTIONS:
                    raise self._fault(target, f"{name} has a meaning already.")
                self.parts[name] = (value, target)
            case _:
                raise self._fault(line, "before the expression there is room for a name = part.")

    def _check_name(self, node: ast.Name) -> None:
        if len(node.id) > NAME or "__" in node.id:
            raise self._fault(node, f"a name has at most {NAME} letters, digits and single _.")

    def _visit(self, node: ast.expr, depth: int) -> int:
        if depth > DEEPEST:
            raise self._fault(node, f"an expression is nested at most {DEEPEST} deep.")
        if len(self.made) >= MOST:
            raise self._fault(node, f"an expression has at most {MOST} nodes.")
        match node:
            case ast.Constant(value=number) if type(number) in (int, float):
                return self._constant(node, number)
            case ast.Name(id=name):
                return self._name(node, name, depth)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=number) as operand) if type(
                number
            ) in (int, float):
                return self._constant(operand, -number)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._apply(node, "neg", [operand], depth)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._visit(operand, depth + 1)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
                return self._apply(node, BINARY[type(op)], [left, right], depth)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(node, name, arguments, depth)
        raise self._fault(
            node, "an expression is made of numbers, names, + - * / ** and functions."
        )

    def _constant(self, node: ast.expr, number: float) -> int:
        try:
            value = float(number)
        except OverflowError:
            value = math.inf
        if not math.isfinite(value):
            raise self._fault(node, "this number is larger than float64 holds, 1.8e308.")
        return self._add(node, ("constant", value), Instruction("constant", number=value), value)

    def _name(self, node: ast.Name, name: str, depth: int) -> int:
        if name in FUNCTIONS:
            raise self._fault(node, f"{name} is a function; give it a value in brackets.")
        if name in self.parts:
            value, _ = self.parts.pop(name)  # a part that names itself is then a variable
            index = self.named[name] = self._visit(value, depth + 1)
            if self.made[index].operation not in ("variable", "constant"):
                self.made[index] = replace(self.made[index], name=name)
        if name in self.named:
            return self.named[name]
        self._check_name(node)
        return self._add(node, ("variable", name), Instruction("variable", name=name))

    def _call(self, node: ast.Call, name: str, arguments: list[ast.expr], depth: int) -> int:
        if name not in FUNCTIONS:
            raise self._fault(node, f"there is no function {name[:20]}; {', '.join(FUNCTIONS)}.")
        arity = OPERATIONS[FUNCTIONS[name]].arity
        if len(arguments) != arity:
            values = "one value" if arity == 1 else "two values"
            raise self._fault(node, f"{name} takes {values}, not {len(arguments)}.")
        return self._apply(node, FUNCTIONS[name], arguments, depth)

    def _apply(self, node: ast.expr, operation: str, arguments: list, depth: int) -> int:
        inputs = tuple(self._visit(argument, depth + 1) for argument in arguments)
        key = (operation, *(self.kind[i] for i in inputs))
        return self._add(
            node, key, Instruction(operation, inputs), self._fix(node, operation, inputs)
        )

    def _fix(self, node: ast.expr, operation: str, inputs: tuple[int, ...]) -> float | None:
        """Return the value of what has no variable in it, and refuse 9**9**9, ln(-1), 1/0."""
        numbers = [self.fixed[i] for i in inputs]
        if None in numbers:
            return None
        value, _ = local(operation, tuple(numbers))
        if not math.isfinite(value):
            formula = OPERATIONS[operation].text.format(*(f"{n:g}" for n in numbers))
            raise self._fault(node, f"{formula} is no number that float64 holds.")
        return value

    def _add(
        self, node: ast.expr, key: tuple, made: Instruction, fixed: float | None = None
    ) -> int:
        if key in self.known:
            return self.known[key]
        self.made.append(replace(made, at=node.col_offset + self.shift))
        self.fixed.append(fixed)
        self.kind.append(self.kinds.setdefault(key, len(self.kinds)))
        if made.operation != "constant":  # each constant is a node of its own
            self.known[key] = len(self.made) - 1
        return len(self.made) - 1
