"""Any expression, forwards and backwards: `trace("ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5})`.

Functions: exp, ln (= log), sin, cos, tan, tanh, sigmoid, relu, abs, sqrt, min, max; operators:
+ - * / ** and unary minus; parts may be named first, `z = w*x + b; sigmoid(z)`.
"""

from labs.basics.autodiff.experiment import Autodiff
from labs.basics.autodiff.tape import Node, Trace, trace

__all__ = ["Autodiff", "Node", "Trace", "trace"]
