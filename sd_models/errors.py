"""What can go wrong when models are loaded or draw, each with one line for a person."""


class ModelError(Exception):
    """Base of every error that `sd_models` raises on purpose; its text is one line: what happened and what to do."""


class CheckpointError(ModelError):
    """A file or folder is not a model that can be loaded."""


class WeightsError(CheckpointError):
    """A file's tensors are not those of its model: the exact names that are `missing`, `unexpected` or `misshapen`."""

    def __init__(
        self,
        message: str,
        missing: tuple[str, ...] = (),
        unexpected: tuple[str, ...] = (),
        misshapen: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.missing, self.unexpected, self.misshapen = missing, unexpected, misshapen


class RequestError(ModelError):
    """A picture was asked for in a way that cannot be drawn (sizes, steps, strength, sampler)."""


class DrawingError(ModelError):
    """Drawing failed half-way (NaN latents, out of memory)."""


class OutOfMemoryError(DrawingError):
    """The machine has too little memory for this batch; a smaller one may fit."""
