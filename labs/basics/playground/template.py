"""The script that is taken away: an nn.Sequential, trained by torch.optim as the run was."""

MODULES = {
    "identity": "nn.Identity()", "sigmoid": "nn.Sigmoid()", "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()", "leaky relu": "nn.LeakyReLU(0.01)", "elu": "nn.ELU()",
    "gelu": "nn.GELU()", "silu": "nn.SiLU()", "sine": "Sine()", "softplus": "nn.Softplus()",
}  # fmt: skip
LOSSES = {
    "squared": "0.5 * ((a - t) ** 2).sum(1).mean()",
    "binary cross-entropy": "F.binary_cross_entropy_with_logits(a, t, reduction='sum') / len(a)",
    "one-vs-rest": "F.binary_cross_entropy_with_logits(a, t, reduction='sum') / len(a)",
    "softmax cross-entropy": "F.cross_entropy(a, t)",
    "hinge": "F.relu(1 - a * t).sum(1).mean()",
}
PEERS = {
    "SGD": "torch.optim.SGD(p, lr)",
    "momentum": "torch.optim.SGD(p, lr, momentum=0.9)",
    "Nesterov": "torch.optim.SGD(p, lr, momentum=0.9, nesterov=True)",
    "RMSProp": "torch.optim.RMSprop(p, lr)",
    "Adagrad": "torch.optim.Adagrad(p, lr)",
    "Adam": "torch.optim.Adam(p, lr)",
    "AdamW": "torch.optim.AdamW(p, lr)",
}
SCRIPT = '''"""A net on the plane, trained as Glassbox trained it.  Needs torch alone."""

import base64
import math

import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Sine(nn.Module):
    """sin z."""

    def forward(self, z):
        return torch.sin(z)


class Drop(nn.Module):
    """Dropout that draws from the run's own generator."""

    def __init__(self, p):
        super().__init__()
        self.keep = 1 - p

    def forward(self, h):
        if not self.training:
            return h
        mask = torch.empty_like(h.T.contiguous()).bernoulli_(self.keep, generator=dropping)
        return h * mask.T / self.keep


class Norm(nn.Module):
    """Batch norm that takes a batch of one point as well."""

    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.bias = nn.Parameter(torch.zeros(size))
        self.register_buffer("running_mean", torch.zeros(size))
        self.register_buffer("running_var", torch.ones(size))

    def forward(self, z):
        mean, variance = self.running_mean, self.running_var
        if self.training:
            mean, n = z.mean(0), len(z)
            variance = ((z - mean) ** 2).mean(0)
            self.running_mean.lerp_(mean.detach(), 0.1)
            self.running_var.lerp_(variance.detach() * (n / max(1, n - 1)), 0.1)  # unbiased
        return (z - mean) * (variance + 1e-5).rsqrt() * self.weight + self.bias


def numbers(text, dtype):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=dtype).clone()


points = numbers("""{points}""", torch.float32).view(-1, 2).double().T  # x1 and x2
targets = numbers("""{targets}""", torch.float64).view({outputs}, -1).T
train = numbers("""{train}""", torch.uint8).bool()
theta = numbers("""{theta}""", torch.float64)  # the weights at the beginning, layer by layer
free = numbers("""{free}""", torch.uint8).bool()  # which of them may move
x = points.float()
features = torch.stack([f.double() for f in (
{features}
)], 1)

model = nn.Sequential(
{modules}
)


def loss_of(a, t):
    return {loss}


def parts():
    """The parameters as the flat theta has them: of each row the bias first."""
    for module in model:
        if isinstance(module, (nn.Linear, Norm)):
            yield module.weight, module.bias


@torch.no_grad()
def flat():
    rows = [
        torch.cat([b[:, None], w], 1).flatten() if w.ndim == 2 else torch.cat([w, b])
        for w, b in parts()
    ]
    return torch.cat(rows)


@torch.no_grad()
def fill(theta):
    at = 0
    for w, b in parts():
        piece = theta[at : at + w.numel() + b.numel()]
        at += len(piece)
        if w.ndim == 2:
            rows = piece.view(len(b), -1)
            b.copy_(rows[:, 0])
            w.copy_(rows[:, 1:])
        else:
            w.copy_(piece[: len(w)])
            b.copy_(piece[len(w) :])


def scheduled(s, epoch):
    t, total = epoch, s["total"]
    share = {{
        "constant": 1.0,
        "step": 0.1 ** min(2, int(t * 3 / total)),
        "cosine": 0.5 * (1 + math.cos(math.pi * min(1.0, t / total))),
        "warm-up": min(1.0, (t + 1) / (0.1 * total)),
    }}[s["schedule"]]
    return s["learning_rate"] * share


OPTIMIZERS = {{
{optimizers}
}}
USED = {used}  # the settings from an epoch on
FIRST, LAST, MORE = {first}, {last}, {more}  # epochs, and batches of one that is not over

fill(theta)
{statistics}order, dropping = torch.Generator(), torch.Generator()
ready, aim = features[train], targets[train]
now, optimizer = None, None
for epoch in range(FIRST, LAST + (MORE > 0)):
    if epoch in USED:
        before, now = now, USED[epoch]
        if before is None or before["optimizer"] != now["optimizer"]:
            optimizer = OPTIMIZERS[now["optimizer"]](list(model.parameters()), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = scheduled(now, epoch)
    seed = now["seed"] * 1_000_003 + epoch
    order.manual_seed(seed)
    dropping.manual_seed(seed)
    batches = torch.randperm(len(ready), generator=order).split(min(now["batch"], len(ready)))
    model.train()
    for batch in batches[: MORE if epoch == LAST else None]:
        kept = flat()
        optimizer.zero_grad()
        loss_of(model(ready[batch]), aim[batch]).backward()
        for w, _ in parts():
            if w.ndim == 2:  # weights are penalised, biases are not
                w.grad += now["l2"] * w.detach() + now["l1"] * w.detach().sign()
        optimizer.step()
        if now["max_norm"]:
            for w, _ in parts():
                if w.ndim == 2:
                    w.data.copy_(torch.renorm(w.data, 2, 0, now["max_norm"]))
        if not free.all():
            fill(torch.where(free, flat(), kept))
model.eval()
with torch.no_grad():
    for name, part in (("train", train), ("test", ~train)):
        if part.any():
            print(f"{{name}} loss {{loss_of(model(features[part]), targets[part]).item():.8f}}")
'''
