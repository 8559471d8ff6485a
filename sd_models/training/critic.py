"""What tells drawn edges from real ones, so that the decoder learns to draw them.

Where latents leave a detail open, a loss that measures distance is smallest for the mean of all that it could be: blur.
A critic of patches (Isola et al. 2017, "Image-to-Image Translation with Conditional Adversarial Networks") has seen no
blur in the world's panels, so the decoder has to settle on one of them.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.func import functional_call

__all__ = ["Critic", "adversarial"]

SHARE = 0.5  # how far the critic moves the decoder's last layer, of how far the distance of pictures does


class Critic(nn.Module):
    """Pictures (B, 3, H, W) to a score of each patch of 34 pixels, (B, 1, H / 4 - 1, W / 4 - 1): high for real."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, width, 4, stride=2, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
            nn.GroupNorm(8, 2 * width),
            nn.LeakyReLU(0.2),
            nn.Conv2d(2 * width, 2 * width, 4, padding=1),
            nn.GroupNorm(8, 2 * width),
            nn.LeakyReLU(0.2),
            nn.Conv2d(2 * width, 1, 3, padding=1),
        )

    def forward(self, pictures: Tensor) -> Tensor:
        scores: Tensor = self.body(pictures)
        return scores


def adversarial(critic: Critic, made: Tensor, real: Tensor, distance: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    """The losses of the maker of `made` and of the critic; neither moves the other, so one backward pass serves both.
    They are the hinge losses of Lim & Ye 2017, "Geometric GAN"; the maker's is weighted as in Esser et al. 2021,
    "Taming Transformers", equation 7: by the gradient that `distance` has on its `last` layer's weight."""
    frozen = {name: parameter.detach() for name, parameter in critic.named_parameters()}
    fooled = -functional_call(critic, frozen, (made,)).float().mean()
    (towards_real,) = torch.autograd.grad(distance, last, retain_graph=True)
    (towards_fooled,) = torch.autograd.grad(fooled, last, retain_graph=True)
    weight = (towards_real.norm() / (towards_fooled.norm() + 1e-4)).clamp(max=10.0).detach()
    of_real, of_made = critic(torch.cat([real, made.detach()])).float().chunk(2)
    judged = (F.relu(1 - of_real).mean() + F.relu(1 + of_made).mean()) / 2
    return SHARE * weight * fooled, judged
