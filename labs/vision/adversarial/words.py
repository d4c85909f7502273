"""What is said of an attack: the verdict in a sentence, the sizes in a table, one pixel's sum."""

from dataclasses import replace

from labs.numerals import counted, minus, written
from labs.vision.adversarial.masking import signs
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.run import Run
from labs.vision.adversarial.scene import Scene

SYMBOLS = {"linf": "L∞", "l2": "L2", "l1": "L1"}


def budget(eps: float, norm: str) -> str:
    """Return a budget as it is written: L∞ in 1/255."""
    return f"ε = {255 * eps:.4g}/255" if norm == "linf" else f"ε = {eps:.3g}"


def axis(norm: str) -> str:
    """Return the title of an axis of budgets."""
    return f"ε, {SYMBOLS[norm]}" + (", in 1/255" if norm == "linf" else "")


def attack_name(plan: Plan) -> str:
    """Return the attack with what was asked of it: its budget, its number of steps."""
    names = {
        "pgd": f"PGD-{plan.steps}",
        "one_pixel": f"a change of {counted(plan.pixels, 'pixel')}",
        "universal": "a universal perturbation",
        "patch": f"a patch of {plan.size} × {plan.size} pixels",
        "noise": "noise alone",
    }
    name = names.get(plan.attack, plan.method.title)
    if "confidence" in plan.method.knobs and plan.confidence:
        name += f", confidence {plan.confidence:g}"
    if plan.method.budget:
        return f"{name}, {SYMBOLS[plan.norm]} {budget(plan.eps, plan.norm)}"
    if plan.method.norms:
        return f"{name}, {SYMBOLS[plan.norm]}"
    return name


def stand_in(plan: Plan) -> Plan:
    """Return what is run beside an attack that takes its time: PGD-10 within the same budget."""
    return replace(plan, attack="pgd", steps=10)


def progress(run: Run) -> str:
    """Return how far the attack is at the moment on the stage."""
    method = run.plan.method
    if run.done:
        return counted(run.moment.count, method.unit)
    most = run.plan.steps if "steps" in method.knobs else method.most
    end = f"of at most {most:,}" if most else "so far"
    return f"{method.unit} {run.moment.count:,} {end}"


def says(scene: Scene, k: int) -> str:
    """Return the caption of a picture that the net takes for class k."""
    return "the pad is empty" if scene.empty else f"it says “{scene.label(k)}”"


def outcome(scene: Scene) -> str:
    """Return one or two sentences: fooled or not, by what, how sure, and what was tried."""
    run, verdict, least = scene.run, scene.verdict, scene.least
    was, now, p = scene.label(run.says), scene.label(verdict.says), verdict.p[verdict.says]
    plan = run.plan
    if scene.empty:
        return "The pad is empty. Draw, or take a sample."
    if plan.target == run.says:
        return f"It says “{was}” already; choose another class to turn it into."
    aim = "" if plan.target is None else f" towards “{scene.label(plan.target)}”"
    if verdict.won:
        text = f"Fooled by {attack_name(plan)}{aim}: it said “{was}”, now “{now}” ({p:.1%})."
        if not verdict.won_as_float:
            text += " Only rounding to 8 bits brought it over; before that it was not fooled."
        elif run.done and plan.method.least and run.moment.image.equal(verdict.image):
            text += " 8 bits would undo the smallest change: it was made longer until they do not."
        return text if run.done else f"{text} It goes on, {progress(run)}."
    text = f"Not {'' if run.done else 'yet '}fooled by {attack_name(plan)}"
    text += f"{aim}, {progress(run)}: it says “{now}” ({p:.1%})."
    if verdict.won_as_float:
        text += " The unrounded picture does fool it; 8 bits undo that."
    elif least is not None and run.shown is None:
        text += (
            f" No ε up to {budget(scene.high, plan.norm)[4:]} does; {len(least.tried)} were tried."
            if least.eps is None
            else f" {budget(least.eps, plan.norm)} does."
        )
    return text


def facts(scene: Scene) -> dict:
    """Return the verdict and the sizes, for the stage's table."""
    run, verdict = scene.run, scene.verdict
    sizes = verdict.norms
    linf, l2, l1 = (getattr(sizes, k).item() for k in ("linf", "l2", "l1"))
    first, now = run.moments[0], run.moment
    as_float = "fools" if verdict.won_as_float else "does not"
    as_bytes = "fools" if verdict.won else "does not"
    return {
        "said": outcome(scene),
        "good": scene.won,
        "rows": [
            ["largest change, L∞", f"{255 * linf:.0f}/255"],
            ["length, L2", f"{l2:.3f} = {255 * l2:.0f}/255"],
            ["sum, L1", f"{l1:.2f} = {255 * l1:,.0f}/255"],
            ["values changed, L0", f"{int(sizes.l0):,} of {run.x.numel():,}"],
            ["loss", minus(f"{first.loss:.2g} → {now.loss:.3g}")],
            ["as floats / in 8 bits", "—" if scene.empty else f"{as_float} / {as_bytes}"],
            reach(scene),
        ],
    }


def reach(scene: Scene) -> list[str]:
    """Return how little it takes, or of an attack on many pictures how many it fools."""
    run, least = scene.run, scene.least
    method = run.plan.method
    if method.many:
        return ["fooled, as floats", f"{run.moment.fooled} of {len(run.classes)} pictures"]
    name = "smallest that fools"
    if not method.budget:
        return [name, "this attack has no ε"]
    if not run.plan.live:
        return [name, "too slow to search for"]
    if scene.empty:
        return [name, "—"]
    if least is None:
        return [name, "…"]
    if least.eps is None:
        return [name, f"none up to {budget(scene.high, run.plan.norm)[4:]}"]
    return [name, budget(least.eps, run.plan.norm)]


def sight(scene: Scene) -> dict:
    """Return whether there are signs of gradient masking, and what was looked at."""
    run, least, gradient = scene.run, scene.least, scene.slope.gradient
    p, norm = run.before[0].softmax(0)[run.says].item(), run.plan.norm
    found = signs(gradient, least, p, lambda eps: budget(eps, norm))
    if not found:
        live = int((gradient != 0).sum())
        searched = least is not None and least.eps is not None
        more = ", and larger budgets do not lose again" if searched else ""
        found = [f"No sign of masking: the loss has a gradient at {live:,} of "
                 f"{gradient.numel():,} values{more}."]  # fmt: skip
    return {"said": " ".join(found)}


def pixel(scene: Scene) -> dict:
    """Return the arithmetic of the pixel that was clicked."""
    run, (row, col) = scene.run, scene.pixel
    states = run.x, scene.slope.gradient, scene.verdict.image
    x, g, after = (t[0, :, row, col].tolist() for t in states)
    shown = [f"row {row}, column {col}", "grey"] if len(x) == 1 else ["", "red", "green", "blue"]

    def signs_of(values: list[float]) -> list[str]:
        return ["0" if v == 0 else "+1" if v > 0 else "−1" for v in values]

    rows = [
        ["x, clean", *(f"{v:.3f}" for v in x)],
        ["∂loss/∂x", *(written(v, "+.1e") for v in g)],
        ["its sign", *signs_of(g)],
        ["x′, attacked", *(f"{v:.3f}" for v in after)],
        ["x′ − x in 1/255",
         *(written(255 * (b - a), "+.0f") for a, b in zip(x, after, strict=True))],
    ]  # fmt: skip
    where = f"Pixel at row {row}, column {col}."
    if run.plan.attack == "fgsm" and run.plan.norm == "linf":
        way = "down" if run.plan.target is not None else "up"
        where += (
            f" FGSM moves it by {255 * run.plan.eps:.0f}/255 {way} the loss, then clips to [0, 1]."
            if any(g)
            else " Its gradient is 0, so FGSM leaves it as it is."
        )
    return {"said": where, "rows": rows, "head": shown}
