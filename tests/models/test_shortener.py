"""The net that tags words: torch's bidirectional GRU, and blind to padding."""

import torch

from labs.models.shortener import Shortener
from labs.models.translation.pieces import PAD


def test_both_directions_are_torchs_and_padding_changes_nothing(rng):
    net = Shortener().eval()
    both = torch.nn.GRU(net.embedding.embedding_dim, net.forwards.hidden_size, batch_first=True,
                        bidirectional=True)  # fmt: skip
    for suffix, cell in (("", net.forwards), ("_reverse", net.backwards)):
        for name, p in cell.named_parameters():
            getattr(both, f"{name}_l0{suffix}").data.copy_(p)
    source = torch.randint(6, len(net.table), (3, 7), generator=rng)
    with torch.no_grad():
        states = net.states(source)
        torch.testing.assert_close(states, both(net.embedding(source))[0])
        torch.testing.assert_close(net(source), net.readout(states)[..., 0])
        padded = torch.cat([source, torch.full((3, 2), PAD)], 1)
        torch.testing.assert_close(net(padded)[:, :7], net(source))
