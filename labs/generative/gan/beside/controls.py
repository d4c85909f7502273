"""What can be turned, chosen and pressed where three nets stand beside each other."""

from labs.live.controls import Button, Choice, Knob, same

TO = Choice("to", "B", same(*(str(k) for k in range(10))), "7", shown=True)
THROW = Knob("throw", "throw of the codes", 1, 99, 1, whole=True)
SEARCH = Button("search", "search again", trains=True)
CONTROLS = (TO, THROW, SEARCH)
