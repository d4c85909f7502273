"""Any expression, forwards and backwards: `trace("ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5})`.

The names `trace`, `Trace` and `Node` are public.  Functions: exp, ln (= log), sin, cos, tan, tanh,
sigmoid, relu, abs, sqrt, min, max; operators: + - * / ** and unary minus.
"""

from labs.basics.autodiff.tape import Node, Trace, trace

__all__ = ["Autodiff", "Node", "Trace", "trace"]
