"""An autoencoder whose code is wider than its input, with the encoder's weights turned round.

Vincent et al. (2008), Extracting and composing robust features with denoising autoencoders,
https://doi.org/10.1145/1390156.1390294 (there with sigmoid units).
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

UNITS = 1024


class WideAutoencoder(nn.Module):
    """Digits (N, 1, 28, 28), white ink on black in [0, 1], to 1,024 numbers and back."""

    def __init__(self) -> None:
        super().__init__()
        self.W = nn.Parameter(torch.empty(UNITS, 784))
        self.b = nn.Parameter(torch.zeros(UNITS))
        self.c = nn.Parameter(torch.zeros(784))
        nn.init.xavier_uniform_(self.W)

    def encode(self, x: Tensor) -> Tensor:
        """Return the code of x, (N, 1024), none below 0."""
        return F.linear(x.flatten(1), self.W, self.b).relu()

    def logits(self, x: Tensor) -> Tensor:
        """Return the log odds of ink, (N, 784), that the code of x decodes to."""
        return self.encode(x) @ self.W + self.c

    def forward(self, x: Tensor) -> Tensor:
        """Return x through the code and back, (N, 1, 28, 28) in [0, 1]."""
        return self.logits(x).sigmoid().view(-1, 1, 28, 28)
