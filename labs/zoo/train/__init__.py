"""The recipes: `train/<name>.py` remakes the checkpoint `<name>` and nothing else."""
