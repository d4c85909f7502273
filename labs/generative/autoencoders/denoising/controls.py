"""What can be turned and pressed of the noise."""

from labs.live.controls import Button, Knob

GAUSS = Knob("gauss", "Gaussian noise", 0, 1, 0.4, step=0.02, digits=2, words={"0.00": "none"})
PEPPER = Knob("pepper", "salt and pepper", 0, 0.8, 0, step=0.02, digits=2, words={"0.00": "none"})
THROW = Knob("throw", "throw of the noise", 1, 99, 1, whole=True)
TIMES = Knob("times", "cleaned", 1, 20, 1, unit=" times", words={"1": "once"}, whole=True)
WHOLE = Button("whole", "no hole")
CONTROLS = (GAUSS, PEPPER, THROW, TIMES, WHOLE)
