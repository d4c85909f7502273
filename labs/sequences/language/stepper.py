"""A character model one step at a time, as fast as one core goes.

The embedding and the input's biases are folded into a table, one row of gate inputs for each
character; a deeper layer's input and recurrent weights stand side by side, so that one product
makes its gates; every result goes into memory that is there already.  What is left is reading the
weights, which `product` halves.  nn.LSTM is the oracle.
"""

import torch
from torch import Tensor

from labs.models.characters import CharNet
from labs.sequences.language.product import product

Weights = dict[str, Tensor]


class Stepper:
    """The state of `model` after the characters it was fed; `logits` says what it expects next."""

    def __init__(self, model: CharNet) -> None:
        self.kind = model.kind
        self.layers = model.recurrent.num_layers
        self.hidden = H = model.recurrent.hidden_size
        w = {name: p.detach() for name, p in model.state_dict().items()}
        self._step = {"rnn": self._rnn, "gru": self._gru, "lstm": self._lstm}[self.kind]
        own = self._fold(w)
        self._rows = self.table.unbind()
        self.head, self.head_bias = w["head.weight"], w["head.bias"]
        self.logits = torch.zeros(len(self.head))
        # all layers' states in one row: layer l reads its own part and the part before it
        self.h = torch.zeros(self.layers * H)
        self.c = torch.zeros(self.layers * H)
        gates = self.table.shape[1]
        self._z, self._a, self._b = torch.empty(gates), torch.empty(H), torch.empty(gates)
        self._gates = self._z.split(H)  # views, made once: making one costs as much as an addition
        self._sigmoids = self._z[: 3 * H]
        self._top = self.h[-H:]
        self._parts = [
            (self.h[max(0, layer - 1) * H : (layer + 1) * H], self.h[layer * H : (layer + 1) * H],
             self.c[layer * H : (layer + 1) * H])
            for layer in range(self.layers)
        ]  # fmt: skip
        self._multiply = [
            self._products(layer, W, reads, h)
            for layer, (W, (reads, h, _)) in enumerate(zip(own, self._parts, strict=True))
        ]

    def _products(self, layer: int, W: Tensor | tuple[Tensor, Tensor], reads: Tensor, h: Tensor):
        """What makes a layer's gates out of its matrix and what it reads; the GRU's are two."""
        if self.kind != "gru":
            return product(W, reads, self._z)
        if layer == 0:
            return product(W, h, self._b)
        return product(W[0], reads[: self.hidden], self._z), product(W[1], h, self._b)

    def _fold(self, w: Weights) -> list:
        """Set `table` (vocabulary, gates) and the biases; return the matrices of the layers."""
        order = self._order(self.hidden)
        own, self.bias = [], []
        for layer in range(self.layers):
            W_ih, W_hh, b_ih, b_hh = (
                w[f"recurrent.{name}_l{layer}"][order]
                for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            if layer == 0:
                self.table = torch.addmm(b_ih, w["embedding.weight"], W_ih.T)
                if self.kind != "gru":
                    self.table += b_hh
                own.append(W_hh)
                self.bias.append(b_hh)
            elif self.kind == "gru":  # the candidate needs what it recalls by itself
                own.append((W_ih.contiguous(), W_hh.contiguous()))
                self.bias.append((b_ih, b_hh))
            else:
                own.append(torch.cat([W_ih, W_hh], 1))  # reads [h of the layer below, own h]
                self.bias.append(b_ih + b_hh)
        return own

    def _order(self, H: int) -> Tensor:
        """The order of the gates' rows: the LSTM's three sigmoids side by side, i f o g."""
        if self.kind != "lstm":
            return torch.arange({"rnn": 1, "gru": 3}[self.kind] * H)
        i, f, g, o = torch.arange(4 * H).split(H)
        return torch.cat([i, f, o, g])

    def reset(self) -> None:
        """Forget everything."""
        self.h.zero_()
        self.c.zero_()
        self.logits.zero_()

    def feed(self, number: int) -> Tensor:
        """Read one character; return the logits of the next, (vocabulary,), valid until then."""
        for layer in range(self.layers):
            self._step(layer, number)
        return torch.addmv(self.head_bias, self.head, self._top, out=self.logits)

    def _rnn(self, layer: int, number: int) -> None:
        self._multiply[layer](self._rows[number] if layer == 0 else self.bias[layer])
        torch.tanh(self._z, out=self._parts[layer][1])

    def _lstm(self, layer: int, number: int) -> None:
        _, h, c = self._parts[layer]
        i, f, o, g = self._gates
        self._multiply[layer](self._rows[number] if layer == 0 else self.bias[layer])
        self._sigmoids.sigmoid_()
        g.tanh_()
        c.mul_(f).addcmul_(i, g)
        torch.tanh(c, out=self._a)
        torch.mul(o, self._a, out=h)

    def _gru(self, layer: int, number: int) -> None:
        _, h, _ = self._parts[layer]
        H, z, from_h = self.hidden, self._z, self._b
        if layer == 0:
            z.copy_(self._rows[number])
            self._multiply[0](self.bias[0])
        else:
            for multiply, bias in zip(self._multiply[layer], self.bias[layer], strict=True):
                multiply(bias)
        rz, n = z[: 2 * H], z[2 * H :]
        rz.add_(from_h[: 2 * H]).sigmoid_()
        n.addcmul_(z[:H], from_h[2 * H :]).tanh_()
        torch.lerp(n, h, z[H : 2 * H], out=self._a)
        h.copy_(self._a)
