"""The playground: a network on the plane, trained under the visitor's hand."""

from labs.basics.playground.experiment import Playground

__all__ = ["Playground"]
