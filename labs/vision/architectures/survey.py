"""Survey a network: run it without numbers and note every layer's shape, cost and reach.

The run is on torch's `meta` device, where tensors have shapes and nothing else, so VGG-16 takes
milliseconds and no memory.
"""

from collections.abc import Sequence

import torch
from torch import nn

from labs.vision.architectures.layers import Survey
from labs.vision.architectures.recorder import Recorder


def survey(model: nn.Module, shape: Sequence[int]) -> Survey:
    """Return what happens to an input of `shape`, e.g. (1, 3, 224, 224), in `model`.

    The model is run as it is; put it on the meta device (`with torch.device("meta"): Net()`) and
    into eval mode.  It is left without hooks.  A shape that does not fit gives a survey that ends
    there, with a sentence.
    """
    recorder = Recorder(model)
    device = next((p.device for p in model.parameters()), torch.device("meta"))
    x = torch.empty(*shape, device=device)
    recorder.note_input(x)
    fault = ""
    try:
        with torch.no_grad(), recorder:
            model(x)
    except (RuntimeError, ValueError, IndexError) as error:
        fault = recorder.explain(error)
    finally:
        recorder.remove()
    return Survey(tuple(recorder.layers), fault, recorder.inside if fault else "")
