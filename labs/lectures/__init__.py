"""Lectures: walks through live states of the labs, each a TOML file beside this one."""

from labs.lectures.lecture import Lecture, Stop, dump, load, names, pack, parse, unpack

__all__ = ["Lecture", "Stop", "dump", "load", "names", "pack", "parse", "unpack"]
