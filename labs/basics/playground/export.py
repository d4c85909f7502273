"""What can be taken away: a script that repeats the run, the weights, the points."""

import csv
import io
from base64 import encodebytes
from collections.abc import Sequence

from safetensors.torch import save

from labs.basics.playground.cloud import Cloud
from labs.basics.playground.events import frozen
from labs.basics.playground.features import Feature
from labs.basics.playground.run import Run
from labs.basics.playground.template import LOSSES, MODULES, PEERS, SCRIPT
from labs.models.dense import Dense


def script(run: Run, features: Sequence[Feature], cloud: Cloud) -> str:
    """Return a script that trains an nn.Sequential as the run was and prints the same losses."""
    task, net, origin = run.setup.task, run.net, run.origin
    modules, statistics, into = [], [], net.inputs
    for layer, running in zip(net.layers, origin.running, strict=True):
        modules.append(f"nn.Linear({into}, {layer.size})")
        if layer.batch_norm:
            modules.append(f"Norm({layer.size})")
            mean, variance = (v.flatten().tolist() for v in running)
            at = len(modules) - 1
            statistics.append(f"model[{at}].running_mean.copy_(torch.tensor({mean}))\n")
            statistics.append(f"model[{at}].running_var.copy_(torch.tensor({variance}))\n")
        modules.append(MODULES[layer.activation])
        if layer.dropout:
            modules.append(f"Drop({layer.dropout})")
        into = layer.size
    held = set(frozen(net))
    used = {
        epoch: {
            "optimizer": s.optimizer, "learning_rate": s.learning_rate, "schedule": s.schedule,
            "total": s.total, "batch": s.batch, "l1": s.l1, "l2": s.l2, "max_norm": s.max_norm,
            "seed": s.seed,
        }
        for epoch, s in run.used.items()
    }  # fmt: skip
    return SCRIPT.format(
        points=encodebytes(cloud.x.T.contiguous().float().numpy().tobytes()).decode(),
        targets=encodebytes(task.targets(cloud.y).contiguous().numpy().tobytes()).decode(),
        train=encodebytes(bytes(cloud.train.int().tolist())).decode(),
        theta=encodebytes(origin.theta.numpy().tobytes()).decode(),
        free=encodebytes(bytes(int(k not in held) for k in range(net.theta.numel()))).decode(),
        outputs=task.outputs,
        features="\n".join(f"    {feature.code}," for feature in features),
        modules="\n".join(f"    {module}," for module in modules),
        loss=LOSSES[task.loss.name],
        optimizers="\n".join(f'    "{k}": lambda p, lr: {v},' for k, v in PEERS.items()),
        used=used,
        first=origin.epoch,
        last=run.epoch,
        more=run.taken,
        statistics="".join(statistics),
    )


def weights(net: Dense) -> bytes:
    """Return the parameters as safetensors, named as an nn.Sequential of the script names them."""
    tensors, at = {}, 0
    for i, layer in enumerate(net.layers):
        w = net.weights[i]
        tensors[f"{at}.weight"], tensors[f"{at}.bias"] = w[:, 1:].contiguous(), w[:, 0].contiguous()
        at += 1
        scale, running = net.scales[i], net.running[i]
        if scale is not None and running is not None:
            tensors[f"{at}.weight"], tensors[f"{at}.bias"] = scale[0].clone(), scale[1].clone()
            tensors[f"{at}.running_mean"] = running.mean.flatten().clone()
            tensors[f"{at}.running_var"] = running.variance.flatten().clone()
            at += 1
        at += 1 + bool(layer.dropout)
    return save(tensors)


def points_csv(cloud: Cloud) -> str:
    """Return the points as CSV: x1, x2, label."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["x1", "x2", "label"])
    for (u, v), label in zip(cloud.x.T.tolist(), cloud.y.tolist(), strict=True):
        writer.writerow([f"{u:.6g}", f"{v:.6g}", label if cloud.classes else f"{label:.6g}"])
    return buffer.getvalue()
