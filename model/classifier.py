"""The classifier: what each character of a page of text is, from the whole page; torch, exported as it stands."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from .classifier_input import LINE_MARKS, MARKS, PADDING, SIDES, UNKNOWN

HEADS = 4
# Reach of the convolutions along the line, before and after the lines have seen one another.
FIRST, THEN = (1, 2, 4), (1, 2)


class Along(nn.Module):
    """A residual convolution of three taps along the line."""

    def __init__(self, width: int, reach: int) -> None:
        super().__init__()
        self.reach = reach
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, real: Tensor) -> Tensor:
        """``float32[N, T, width], float32[N, T, 1] -> float32[N, T, width]``."""
        count = x.shape[1]
        wide = functional.pad(self.norm(x) * real, (0, 0, self.reach, self.reach))
        taps = [wide[:, start : start + count] for start in (0, self.reach, 2 * self.reach)]
        return x + self.out(functional.gelu(self.mix(torch.cat(taps, dim=2))))


class Among(nn.Module):
    """One layer of a transformer over the lines; those of other pages are not seen."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.look, self.take = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)

    def forward(self, h: Tensor, same: Tensor) -> Tensor:
        """``float32[N, width], bool[N, N] -> float32[N, width]``."""
        query, key, value = (
            part.unflatten(1, (HEADS, -1)).transpose(0, 1)[None] for part in self.look(self.before(h)).chunk(3, dim=1)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=same)
        h = h + self.take(seen[0].transpose(0, 1).flatten(1))
        return h + self.narrow(functional.gelu(self.wide(self.after(h))))


class Classifier(nn.Module):
    """Characters, what they resemble and where their lines stand, to probabilities of the categories.

    Parameters
    ----------
    characters : int
        Size of the vocabulary.
    categories : int
        Output classes.
    width, page_width : int
        Of the vectors of characters and of lines.
    layers : int
        Of the transformer over the page's lines.
    """

    def __init__(
        self, characters: int, categories: int, *, width: int = 64, page_width: int = 96, layers: int = 2
    ) -> None:
        super().__init__()
        self.embed = nn.Embedding(characters + UNKNOWN + 1, width)
        self.mark = nn.Linear(len(MARKS), width)
        self.first = nn.ModuleList(Along(width, reach) for reach in FIRST)
        self.gather = nn.Linear(2 * width + len(LINE_MARKS), page_width)
        self.beside = nn.Linear((1 + len(SIDES)) * page_width, page_width)
        self.among = nn.ModuleList(Among(page_width) for _ in range(layers))
        self.spread = nn.Linear(page_width, width)
        self.then = nn.ModuleList(Along(width, reach) for reach in THEN)
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, categories)

    def logits(self, characters: Tensor, marks: Tensor, lines: Tensor, beside: Tensor, pages: Tensor) -> Tensor:
        """``int64[N, T], float32[N, T, F], float32[N, G], int64[N, 4], int64[N] -> float32[N, T, categories]``."""
        real = (characters != PADDING).unsqueeze(2).to(marks.dtype)
        x = self.embed(characters) + self.mark(marks)
        for along in self.first:
            x = along(x, real)
        h = self.page(x, real, lines, beside, pages)
        x = x + self.spread(h).unsqueeze(1)
        for along in self.then:
            x = along(x, real)
        logits: Tensor = self.head(self.norm(x))
        return logits

    def page(self, x: Tensor, real: Tensor, lines: Tensor, beside: Tensor, pages: Tensor) -> Tensor:
        """Return one vector per line that knows of the lines beside it and of the page: ``float32[N, page_width]``."""
        mean = (x * real).sum(dim=1) / real.sum(dim=1).clamp(min=1)
        most = (x + (real - 1) * 1e4).amax(dim=1)
        own = functional.gelu(self.gather(torch.cat([mean, most.clamp(min=-1e3), lines], dim=1)))
        around = [own, *(own.index_select(0, beside[:, side]) for side in range(len(SIDES)))]
        h = own + functional.gelu(self.beside(torch.cat(around, dim=1)))
        same = pages.unsqueeze(0) == pages.unsqueeze(1)
        for among in self.among:
            h = among(h, same)
        return h

    def forward(self, characters: Tensor, marks: Tensor, lines: Tensor, beside: Tensor, pages: Tensor) -> Tensor:
        """Inputs as `logits` has them ``-> float32[N, T, categories]``, probabilities."""
        return self.logits(characters, marks, lines, beside, pages).softmax(dim=2)
