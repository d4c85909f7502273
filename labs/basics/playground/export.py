"""What can be taken away: a script that repeats the run, the weights, the points."""

import base64
import csv
import io
from typing import TYPE_CHECKING

from safetensors.torch import save

from labs.basics.playground.structure import frozen
from labs.models.dense.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground

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
assert set(PEERS) == set(OPTIMIZERS)

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
        if isinstance(module, nn.Linear):
            yield module.weight, module.bias
        elif isinstance(module, nn.BatchNorm1d):
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


def script(lab: "Playground") -> str:
    """Return a script that trains an nn.Sequential as the run was and prints the same losses."""
    run, task, net = lab.run, lab.run.setup.task, lab.run.net
    origin, cloud = run.origin, lab.cloud
    modules, statistics, into = [], [], net.inputs
    for layer, running in zip(net.layers, origin.running, strict=True):
        modules.append(f"nn.Linear({into}, {layer.size})")
        if layer.batch_norm:
            modules.append(f"nn.BatchNorm1d({layer.size})")
            mean, variance = (v.flatten().tolist() for v in running)
            at = len(modules) - 1
            statistics.append(f"model[{at}].running_mean.copy_(torch.tensor({mean}))\n")
            statistics.append(f"model[{at}].running_var.copy_(torch.tensor({variance}))\n")
        modules.append(MODULES[layer.activation])
        if layer.dropout:
            modules.append(f"Drop({layer.dropout})")
        into = layer.size
    held = set(frozen(lab))
    used = {
        epoch: {
            "optimizer": s.optimizer, "learning_rate": s.learning_rate, "schedule": s.schedule,
            "total": s.total, "batch": s.batch, "l1": s.l1, "l2": s.l2, "max_norm": s.max_norm,
            "seed": s.seed,
        }
        for epoch, s in run.used.items()
    }  # fmt: skip
    return SCRIPT.format(
        points=_text(cloud.x.T.contiguous().float().numpy().tobytes()),
        targets=_text(task.targets(cloud.y).contiguous().numpy().tobytes()),
        train=_text(bytes(cloud.train.int().tolist())),
        theta=_text(origin.theta.numpy().tobytes()),
        free=_text(bytes(int(k not in held) for k in range(net.theta.numel()))),
        outputs=task.outputs,
        features="\n".join(f"    {feature.code}," for feature in lab.features),
        modules="\n".join(f"    {module}," for module in modules),
        loss=LOSSES[task.loss.name],
        optimizers="\n".join(f'    "{k}": lambda p, lr: {v},' for k, v in PEERS.items()),
        used=used,
        first=origin.epoch,
        last=run.epoch,
        more=run.taken,
        statistics="".join(statistics),
    )


def weights(lab: "Playground") -> bytes:
    """Return the parameters as safetensors, named as an nn.Sequential of the script names them."""
    tensors, at = {}, 0
    for i, layer in enumerate(lab.run.net.layers):
        w = lab.run.net.weights[i]
        tensors[f"{at}.weight"], tensors[f"{at}.bias"] = w[:, 1:].contiguous(), w[:, 0].contiguous()
        at += 1
        scale, running = lab.run.net.scales[i], lab.run.net.running[i]
        if scale is not None and running is not None:
            tensors[f"{at}.weight"], tensors[f"{at}.bias"] = scale[0].clone(), scale[1].clone()
            tensors[f"{at}.running_mean"] = running.mean.flatten().clone()
            tensors[f"{at}.running_var"] = running.variance.flatten().clone()
            at += 1
        at += 1 + bool(layer.dropout)
    return save(tensors)


def points_csv(lab: "Playground") -> str:
    """Return the points as CSV: x1, x2, label."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["x1", "x2", "label"])
    for (u, v), label in zip(lab.cloud.x.T.tolist(), lab.cloud.y.tolist(), strict=True):
        writer.writerow([f"{u:.6g}", f"{v:.6g}", label if lab.cloud.classes else f"{label:.6g}"])
    return buffer.getvalue()


def _text(data: bytes) -> str:
    text = base64.b64encode(data).decode()
    return "\n".join(text[i : i + 96] for i in range(0, len(text), 96))
