"""A script that trains the same GAN of digits and gives the numbers on the screen."""

import inspect
from collections.abc import Mapping

from labs.generative.gan.film import nets
from labs.generative.gan.plane.export import LOSSES

SCRIPT = """

x = torch.from_numpy(load_digits().images).float().flatten(1) / 16
generator = torch.Generator().manual_seed({seed})
forger, expert = Forger({normed}), Expert()
for net in (forger, expert):
    for layer in net.modules():
        if isinstance(layer, nn.Linear):
            bound = layer.in_features**-0.5
            layer.weight.data.uniform_(-bound, bound, generator=generator)
            layer.bias.data.uniform_(-bound, bound, generator=generator)
to_g = torch.optim.Adam(forger.parameters(), {rate_g}, betas=(0.5, 0.99))
to_d = torch.optim.Adam(expert.parameters(), {rate_d}, betas=(0.5, 0.99))
for step in range({steps}):
    chosen = torch.randint(len(x), (BATCH,), generator=generator)
    with torch.no_grad():
        fake = forger(noise(BATCH, generator))
    real = expert(blurred(x[chosen], {noise}, generator))
    fake = expert(blurred(fake, {noise}, generator))
    loss = {loss_d}
    to_d.zero_grad()
    loss.backward()
    to_d.step()
    fake = expert(blurred(forger(noise(BATCH, generator)), {noise}, generator))
    to_g.zero_grad()
    ({loss_g}).backward()
    to_g.step()

with torch.no_grad():
    fakes = forger(noise(200, torch.Generator().manual_seed(0)))
print("mean ink of the fixed fakes", round(fakes.sum(1).mean().item(), 3))
for row in fakes[0].view(8, 8):
    print("".join(" .:-=+*#%@"[int(9.99 * v)] for v in row))
"""


def script(s: Mapping, seed: int, steps: int) -> str:
    """Return the script for the settings and so many steps of both nets."""
    loss_d, loss_g = LOSSES[str(s["loss"])]
    code = inspect.getsource(nets).replace(
        "from torch import", "from sklearn.datasets import load_digits\nfrom torch import", 1
    )
    return code + SCRIPT.format(
        seed=seed, normed=s["norm"] == "on", rate_g=s["rate_g"], rate_d=s["rate_d"], steps=steps,
        noise=s["noise"], loss_d=loss_d, loss_g=loss_g,
    )  # fmt: skip
