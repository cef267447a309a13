"""The classifier: what each character of a page of text is, from the whole page; torch, exported as it stands."""

import re
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from .classifier_input import LINE_MARKS, MARKS, SIDES, UNKNOWN
from .spec import ClassifierSpec

HEADS = 4
# Reach of the convolutions along the line, before and after the lines have seen one another; where there are
# more, they repeat.
FIRST, THEN = (1, 2, 4), (1, 2)
_BLOCK = re.compile(r"(first|among|then)\.")


class Along(nn.Module):
    """A residual convolution of three taps along the line."""

    def __init__(self, width: int, reach: int) -> None:
        super().__init__()
        self.reach = reach
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(3 * width, width)
        self.out = _silent(nn.Linear(width, width))

    def forward(self, x: Tensor, owner: Tensor) -> Tensor:
        """``float32[S, width], int64[S] -> float32[S, width]``; lines stand one behind the other."""
        normed = self.norm(x)
        before = self._moved(normed, owner, self.reach)
        after = self._moved(normed.flip(0), owner.flip(0), self.reach).flip(0)
        mixed: Tensor = self.out(functional.gelu(self.mix(torch.cat([before, normed, after], dim=1))))
        return x + mixed

    @staticmethod
    def _moved(x: Tensor, owner: Tensor, reach: int) -> Tensor:
        """Return for each character the vector of the one `reach` before it in its line, or zeros."""
        count = x.shape[0]
        moved = functional.pad(x, (0, 0, reach, 0))[:count]
        same = functional.pad(owner + 1, (reach, 0))[:count] == owner + 1
        return moved * same.unsqueeze(1).to(x.dtype)


class Among(nn.Module):
    """One layer of a transformer over the lines; those of other pages are not seen."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.look, self.take = nn.Linear(width, 3 * width), _silent(nn.Linear(width, width))
        self.wide, self.narrow = nn.Linear(width, 2 * width), _silent(nn.Linear(2 * width, width))

    def forward(self, h: Tensor, same: Tensor) -> Tensor:
        """``float32[N, width], bool[N, N] -> float32[N, width]``."""
        query, key, value = (
            part.unflatten(1, (HEADS, -1)).transpose(0, 1)[None] for part in self.look(self.before(h)).chunk(3, dim=1)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=same)
        h = h + self.take(seen[0].transpose(0, 1).flatten(1))
        thought: Tensor = self.narrow(functional.gelu(self.wide(self.after(h))))
        return h + thought


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
    before, after : int
        Convolutions along the line, before and after the lines have seen one another.
    """

    def __init__(
        self,
        characters: int,
        categories: int,
        *,
        width: int = 96,
        page_width: int = 128,
        layers: int = 2,
        before: int = len(FIRST),
        after: int = len(THEN),
    ) -> None:
        super().__init__()
        self.embed = nn.Embedding(characters + UNKNOWN + 1, width)
        self.mark = nn.Linear(len(MARKS), width)
        self.first = nn.ModuleList(Along(width, FIRST[index % len(FIRST)]) for index in range(before))
        self.gather = nn.Linear(2 * width + len(LINE_MARKS), page_width)
        self.beside = nn.Linear((1 + len(SIDES)) * page_width, page_width)
        self.among = nn.ModuleList(Among(page_width) for _ in range(layers))
        self.spread = nn.Linear(page_width, width)
        self.then = nn.ModuleList(Along(width, THEN[index % len(THEN)]) for index in range(after))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, categories)

    def logits(
        self, characters: Tensor, marks: Tensor, owner: Tensor, lines: Tensor, beside: Tensor, pages: Tensor
    ) -> Tensor:
        """Inputs as `ClassifierInput` has them ``-> float32[S, categories]``."""
        x = self.embed(characters) + self.mark(marks)
        for along in self.first:
            x = along(x, owner)
        h = self.page(x, owner, lines, beside, pages)
        x = x + self.spread(h).index_select(0, owner)
        for along in self.then:
            x = along(x, owner)
        logits: Tensor = self.head(self.norm(x))
        return logits

    def page(self, x: Tensor, owner: Tensor, lines: Tensor, beside: Tensor, pages: Tensor) -> Tensor:
        """Return one vector per line that knows of the lines beside it and of the page: ``float32[N, page_width]``."""
        where = owner.unsqueeze(1).expand(-1, x.shape[1])
        empty = x.new_zeros((lines.shape[0], x.shape[1]))
        count = empty.scatter_add(0, where, torch.ones_like(x)).clamp(min=1)
        mean = empty.scatter_add(0, where, x) / count
        most = empty.scatter_reduce(0, where, x, "amax", include_self=True)
        own = functional.gelu(self.gather(torch.cat([mean, most, lines], dim=1)))
        around = [own, *(own.index_select(0, beside[:, side]) for side in range(len(SIDES)))]
        h = own + functional.gelu(self.beside(torch.cat(around, dim=1)))
        same = pages.unsqueeze(0) == pages.unsqueeze(1)
        for among in self.among:
            h = among(h, same)
        return h

    def forward(
        self, characters: Tensor, marks: Tensor, owner: Tensor, lines: Tensor, beside: Tensor, pages: Tensor
    ) -> Tensor:
        """Inputs as `logits` has them ``-> float32[S, categories]``, probabilities."""
        return self.logits(characters, marks, owner, lines, beside, pages).softmax(dim=1)


def build_classifier(spec: ClassifierSpec) -> Classifier:
    """Return a classifier of the sizes that a package names, its weights not loaded yet."""
    return Classifier(
        len(spec.characters), len(spec.categories), width=spec.width, page_width=spec.page_width, layers=spec.layers,
        before=spec.before, after=spec.after,
    )  # fmt: skip


def depth_of(weights: Mapping[str, Tensor]) -> dict[str, int]:
    """Return `Classifier`'s layers, before and after of weights."""
    counted = {"layers": ("among", "look"), "before": ("first", "mix"), "after": ("then", "mix")}
    return {
        name: sum(key.startswith(f"{stage}.") and key.endswith(f".{part}.weight") for key in weights)
        for name, (stage, part) in counted.items()
    }


def deepened(weights: Mapping[str, Tensor], classifier: nn.Module) -> dict[str, Tensor]:
    """Return a classifier's weights with those of `classifier` for the blocks that it lacks, which are identities."""
    own = classifier.state_dict()
    return {**{name: own[name] for name in own if _BLOCK.match(name)}, **weights}


def _silent(last: nn.Linear) -> nn.Linear:
    """Return the last map of a residual block, so that the block begins as an identity."""
    nn.init.zeros_(last.weight)
    nn.init.zeros_(last.bias)
    return last
