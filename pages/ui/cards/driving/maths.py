"""The formulas of the driving labs, with the numbers of now."""

from labs.numerals import counted, written
from labs.play.driving import Drive, Grid, Pole, Reinforce
from labs.play.driving.actor import ActorCritic
from labs.play.driving.car import GRIP, LOCK, bends
from labs.play.driving.dqn import DQN, dqn_target
from labs.play.driving.grid_lab import NAMES

Blocks = list[tuple[str, str]]


def drive(lab: Drive) -> Blocks:
    """The bicycle, the loss of imitation, and DAgger."""
    car, data = lab.trip.car, len(lab.memory)
    bend = bends(car[4], car[3]).item()
    loss = "Nothing was learned yet." if lab.net.updates == 0 else (
        f"After {counted(lab.net.updates, 'step')} of Adam: {written(lab.net.loss, '.4f')} on a "
        f"batch of 64 from {counted(data, 'decision')}."
    )  # fmt: skip
    return [
        (r"\hat\theta = \arg\min_\theta \tfrac1N \sum_{i} \lVert \pi_\theta(o_i) - a_i \rVert^2",
         f"Imitation: what was seen o, what was done a (steering wheel, pedal). {loss}"),
        (r"D \leftarrow D \cup \{(o, a^*(o)) : o \text{ seen while } \pi_\theta \text{ drives}\}",
         "DAgger: the net leads, the teacher says what to do. A net that is right on its teacher's "
         "places with error ε makes up to ε T² mistakes on T steps of its own, since one leads to "
         "places that it was never shown; with corrections ε T. "
         f"{counted(lab.corrections, 'correction')} so far."),
        (r"\dot x = v \cos\theta, \quad \dot y = v \sin\theta, \quad \dot\theta = v \kappa, \quad "
         r"\kappa = \frac{\tan\delta}{L}, \quad v^2 |\kappa| \le g",
         f"The car: δ = {written(float(car[4]) * LOCK * 57.29578, '.1f')}°, "
         f"v = {written(car[3], '.1f')} m/s, κ = {written(bend, '.3f')} 1/m. The tyres hold "
         f"{GRIP:.0f} m/s² across, and now {written(abs(bend) * float(car[3]) ** 2, '.1f')} are "
         "needed."),
        (r"\delta' = \delta - \arctan\!\left(\frac{2 L a}{d^2}\right)",
         "Side cameras (DAVE-2): a picture from a = 1.2 m beside the driver gets the steering that "
         "leads back to his line within d = 3 m + 0.45 s · v."),
    ]  # fmt: skip


def _dqn(learner: DQN, gamma: float) -> Blocks:
    """Bellman's equation and DQN's loss, on one row of the last batch."""
    now = "No batch was drawn yet."
    if learner.batch is not None:
        row = type(learner.batch)(*(x[:1] for x in learner.batch))
        goal = dqn_target(learner.target, row, gamma).item()
        value = learner.scores(row.state)[0, int(row.action)].item()
        best = learner.target(row.after).amax().item()
        tail = "and ended there" if bool(row.ended) else f"max Q⁻ = {written(best, '.3f')}"
        now = (f"One row of the last batch: r = {written(row.reward.item(), '.3f')}, {tail}, so "
               f"y = {written(goal, '.3f')}; Q = {written(value, '.3f')}, error "
               f"{written(goal - value, '.3f')}.")  # fmt: skip
    return [
        (r"Q^*(s, a) = \mathbb E\left[r + \gamma \max_{a'} Q^*(s', a')\right]",
         f"Bellman's equation, γ = {gamma:.2f}: what comes n decisions later counts γⁿ."),
        (r"L = \mathbb E\left[\,h\!\left(y - Q_\theta(s, a)\right)\right], \quad "
         r"y = r + \gamma \max_{a'} Q_{\theta^-}(s', a')",
         f"h is Huber's. {now}"),
        (r"\theta^- \leftarrow \theta \text{ every } C \text{ updates}, \quad "
         r"(s, a, r, s') \sim \text{replay buffer}",
         f"{counted(len(learner.replay), 'decision')} in the buffer, "
         f"{counted(learner.updates, 'update')}, C = {learner.hold}."),
    ]  # fmt: skip


def _actor(learner: ActorCritic, gamma: float) -> Blocks:
    """The policy gradient, advantages, and PPO's clip, with the last optimizer step's numbers."""
    parts = learner.parts
    now = "No step was taken yet."
    if parts is not None:
        now = (f"The last step: policy {written(parts.policy, '.4f')}, value "
               f"{written(parts.value, '.4f')}, entropy {written(parts.entropy, '.3f')} of at most "
               f"{written(learner.most, '.3f')} nats.")  # fmt: skip
    found = [
        (r"\nabla_\theta J = \mathbb E\left[\,(G_t - V(s_t))\, \nabla_\theta \log "
         r"\pi_\theta(a_t \mid s_t)\right]",
         f"The policy gradient with a baseline: what went better than V expected becomes more "
         f"probable. {now}"),
        (r"\hat A_t = \sum_k (\gamma\lambda)^k \delta_{t+k}, \quad "
         r"\delta_t = r_t + \gamma V(s_{t+1}) - V(s_t)",
         f"γ = {gamma:.2f}, λ = {0.95 if learner.name == 'PPO' else 1:.2f}: with λ = 1 it is the "
         "return itself minus the baseline."),
    ]  # fmt: skip
    if learner.name == "PPO":
        low, high = 1 - learner.clip, 1 + learner.clip
        clip = "" if parts is None else (
            f"In the last step ratios lay between {written(parts.ratio.min(), '.2f')} and "
            f"{written(parts.ratio.max(), '.2f')}; {parts.clipped.item():.0%} of them outside."
        )  # fmt: skip
        found.append(
            (r"L = -\mathbb E\left[\min\left(\rho \hat A,\; \mathrm{clip}(\rho, 1-\epsilon, "
             r"1+\epsilon)\, \hat A\right)\right], \quad \rho = \frac{\pi_\theta(a \mid s)}"
             r"{\pi_{\mathrm{old}}(a \mid s)}",
             f"PPO: outside {low:.2f} to {high:.2f} nothing is gained any more. {clip}")
        )  # fmt: skip
    return found


def _learner(learner: DQN | ActorCritic, gamma: float) -> Blocks:
    return _dqn(learner, gamma) if isinstance(learner, DQN) else _actor(learner, gamma)


def reinforce(lab: Reinforce) -> Blocks:
    """What is paid for, and how it is learned."""
    r = lab.reward
    return [
        (r"r = w_p\, \Delta s + w_g \max(0, \Delta s) + w_v\, v\, \Delta t + w_m \left(1 - "
         r"\tfrac{o^2}{h^2}\right)\Delta t + w_t\, \Delta t + w_c\, [\text{crash}]",
         f"Weights now: progress {written(r.progress, '.2f')} a metre, forwards "
         f"{written(r.gain, '.2f')}, speed {written(r.speed, '.2f')}, middle "
         f"{written(r.middle, '.1f')} a second, time {written(r.time, '.1f')}, crash "
         f"{written(r.crash, '.1f')}. Δs is the way along the lap, o the offset from the middle, "
         "h half the road's width, Δt = 0.1 s."),
        *_learner(lab.learner, float(lab.settings["gamma"])),
    ]  # fmt: skip


def pole(lab: Pole) -> Blocks:
    """The equations of the cart, and the learner's."""
    x, v, angle, spin = lab.poles.state[0].tolist()
    return [
        (r"\ddot\theta = \frac{g \sin\theta - \cos\theta\, (F + m l \dot\theta^2 \sin\theta) / M}"
         r"{l \left(\frac43 - m \cos^2\theta / M\right)}, \quad \ddot x = \frac{F + m l "
         r"(\dot\theta^2 \sin\theta - \ddot\theta \cos\theta)}{M}",
         f"The first cart: θ = {written(angle, '.3f')}, θ' = {written(spin, '.2f')} 1/s, "
         f"x = {written(x, '.2f')} m, x' = {written(v, '.2f')} m/s; F = ±10 N, "
         f"l = {lab.poles.half:.2f} m. It earns 0.1 a decision."),
        *_learner(lab.learner, float(lab.settings["gamma"])),
    ]  # fmt: skip


def grid(lab: Grid) -> Blocks:
    """Bellman's optimality equation, exactly and by samples."""
    s, last = lab.settings, lab.learner.last
    said = "It has not walked yet."
    if last is not None:
        cell, action, before, target, after = last
        row, column = divmod(cell, lab.world.shape[1])
        said = (
            f"The last move, {NAMES[action]} from row {row + 1}, column {column + 1}: "
            f"{written(before, '.3f')} + {float(s['alpha']):.2f} · ({written(target, '.3f')} − "
            f"{written(before, '.3f')}) = {written(after, '.3f')}."
        )
    return [
        (r"V(s) = r + \gamma \max_a \sum_{s'} P(s' \mid s, a)\, V(s')",
         f"Value iteration: {counted(lab.count, 'sweep')} with r = {written(s['living'], '.2f')}, "
         f"γ = {float(s['gamma']):.2f}. Each sweep shrinks the error by γ at least; it is "
         f"{written(lab.away[0], '.1e')} now."),
        (r"(I - \gamma P_\pi)\, V = r_\pi",
         "For the greedy policy π the values are the solution of linear equations: the tests hold "
         "both equal."),
        (r"Q(s, a) \leftarrow Q(s, a) + \alpha \left(r + \gamma \max_{a'} Q(s', a') - "
         r"Q(s, a)\right)", f"Q-learning needs no P. {said}"),
    ]  # fmt: skip
