"""The reader: crops lines from the native frames and transcribes them, by CTC (Graves et al., ICML 2006)."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from .crops import ROWS as HEIGHT

# The convolutions halve a crop's columns; the last one tells of both halves again, so that there is a step per column:
# of condensed type two letters may stand within two columns.
STRIDE = 2
# Of the blocks along the line: together they see about ten letters, which tell an "S" from a "5" and a "C" from a "c".
DILATIONS = (1, 1, 2, 4)


class Crops(nn.Module):
    """Cut lines out of native frames by bilinear sampling, and normalise each on its own."""

    def forward(self, stored: Tensor, lines: Tensor, columns: Tensor) -> Tensor:
        """Return ``int[n, h, w, 1|3], float32[k, 8], float32[w'] -> float32[k, 3, 24, w']``.

        A line is (frame, x, y of the crop's corner, x, y of a step along the line, x, y of a step across it,
        columns in use); `columns` is 0, 1, 2 and so on, as wide as the crops are to be.
        """
        across = torch.arange(HEIGHT, device=stored.device, dtype=torch.float32) + 0.5
        along = columns + 0.5
        frame, x0, y0, ax, ay, bx, by, used = lines.unbind(dim=1)
        x = _grid(x0, ax, bx, along, across)
        y = _grid(y0, ay, by, along, across)
        patch = _bilinear(stored, frame, x, y)
        planes = torch.stack((patch.amax(dim=3), patch.mean(dim=3), patch.amax(dim=3) - patch.amin(dim=3)), dim=1)
        inside = (columns[None, :] < used[:, None]).to(torch.float32)[:, None, None, :]
        return _normalise(planes, inside)


def _grid(origin: Tensor, along_step: Tensor, across_step: Tensor, along: Tensor, across: Tensor) -> Tensor:
    """Return one coordinate of every crop pixel, ``float32[k, 24, w']``; pixel centres lie at halves."""
    return (
        origin[:, None, None]
        + along_step[:, None, None] * along[None, None, :]
        + across_step[:, None, None] * across[None, :, None]
        - 0.5
    )


def _bilinear(stored: Tensor, frame: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the frames' samples at (x, y), edges repeated: ``float32[k, 24, w', 1|3]``."""
    rows, columns = stored.shape[1], stored.shape[2]
    flat = stored.flatten(0, 2)
    x, y = x.clamp(min=0.0), y.clamp(min=0.0)
    left, top = x.floor(), y.floor()
    fx, fy = (x - left)[..., None], (y - top)[..., None]
    left, top = left.to(torch.int64), top.to(torch.int64)
    x0, x1 = left.clamp(max=columns - 1), (left + 1).clamp(max=columns - 1)
    y0, y1 = top.clamp(max=rows - 1), (top + 1).clamp(max=rows - 1)
    base = (frame.to(torch.int64) * rows)[:, None, None]

    def at(row: Tensor, column: Tensor) -> Tensor:
        index = (base + row) * columns + column
        picked = flat.index_select(0, index.flatten())
        return picked.to(torch.float32).reshape(*index.shape, -1)

    upper = _between(at(y0, x0), at(y0, x1), fx)
    lower = _between(at(y1, x0), at(y1, x1), fx)
    return _between(upper, lower, fy)


def _between(one: Tensor, other: Tensor, share: Tensor) -> Tensor:
    return one + (other - one) * share  # torch.lerp becomes three more operations when it is exported


def _normalise(planes: Tensor, inside: Tensor) -> Tensor:
    """Return the planes with zero mean and unit spread over the columns in use, zero beyond them.

    The third plane, colour, shares the spread of the first: grey noise must not be blown up to look like colour.
    """
    count = inside.sum(dim=(2, 3), keepdim=True) * HEIGHT
    mean = (planes * inside).sum(dim=(2, 3), keepdim=True) / count
    centred = (planes - mean) * inside
    spread = ((centred * centred).sum(dim=(2, 3), keepdim=True) / count).sqrt()
    floor = torch.cat((spread[:, :2], spread[:, :1]), dim=1)
    return (centred / (torch.maximum(spread, floor) + 1e-3)).clamp(-4.0, 4.0)


def _conv(inputs: int, outputs: int, *, stride: int | tuple[int, int] = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class _Residual(nn.Module):
    def __init__(self, width: int, size: tuple[int, int], dilation: int = 1) -> None:
        super().__init__()
        padding = (size[0] // 2, size[1] // 2 * dilation)
        first, second = (nn.Conv2d(width, width, size, 1, padding, (1, dilation), bias=False) for _ in range(2))
        self.first = nn.Sequential(first, nn.BatchNorm2d(width), nn.ReLU(inplace=True))
        self.second = nn.Sequential(second, nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        """Return ``float32[n, c, h, w] -> float32[n, c, h, w]``."""
        return functional.relu(x + self.second(self.first(x)), inplace=True)


class Transcriber(nn.Module):
    """Convolutions that fold a crop's rows into one and leave a class per column.

    Parameters
    ----------
    classes : int
        Characters of the alphabet and the blank, which is class 0.
    width : int
        Channels of the folded line.
    """

    def __init__(self, classes: int, width: int = 144) -> None:
        super().__init__()
        self.rows = nn.Sequential(
            _conv(3, 24, stride=STRIDE),
            _conv(24, 32),
            nn.MaxPool2d((2, 1)),
            _Residual(32, (3, 3)),
            _conv(32, 64),
            nn.MaxPool2d((2, 1)),
            _Residual(64, (3, 3)),
        )
        fold = nn.Conv2d(64, width, (HEIGHT // 8, 3), 1, (0, 1), bias=False)
        self.fold = nn.Sequential(fold, nn.BatchNorm2d(width), nn.ReLU(inplace=True))
        self.context = nn.Sequential(*(_Residual(width, (1, 5), dilation) for dilation in DILATIONS))
        self.classes = nn.Conv2d(width, classes * STRIDE, 1)

    def forward(self, crops: Tensor) -> Tensor:
        """Return ``float32[k, 3, 24, w] -> float32[k, classes, w]``, logits."""
        logits: Tensor = self.classes(self.context(self.fold(self.rows(crops)))).squeeze(2)
        halves = logits.unflatten(1, (STRIDE, -1))
        steps: Tensor = halves.permute(0, 2, 3, 1).flatten(2)
        return steps


class Reader(nn.Module):
    """Crops and transcriber in one graph, the best class per column as its output.

    Parameters
    ----------
    alphabet : str
        Character of class 1, 2, and so on; class 0 is the blank.
    width : int
        As `Transcriber` has it.
    """

    def __init__(self, alphabet: str, width: int = 144) -> None:
        super().__init__()
        self.crops = Crops()
        self.transcriber = Transcriber(len(alphabet) + 1, width)
        self.cases: Tensor
        self.register_buffer("cases", _other_cases(alphabet), persistent=False)

    def forward(self, stored: Tensor, lines: Tensor, columns: Tensor) -> tuple[Tensor, Tensor]:
        """Return the best class and how probable its letter is per step, ``int32[k, t], float32[k, t]``.

        A letter alone does not show how high its neighbours are, so its two cases may share what is certain: "S" and
        "s" are the same letter, and their probabilities add up.
        """
        probabilities = torch.softmax(self.transcriber(self.crops(stored, lines, columns)), dim=1)
        probability, best = probabilities.max(dim=1)
        case = self.cases[best]
        other = probabilities.gather(1, case.unsqueeze(1)).squeeze(1)
        return best.to(torch.int32), probability + other * (case != best)


def _other_cases(alphabet: str) -> Tensor:
    """Return the class of each class's letter in its other case, and of what has none itself: ``int64[classes]``."""
    place = {character: index for index, character in enumerate(alphabet, 1)}
    others = [place.get(character.swapcase(), index) for index, character in enumerate(alphabet, 1)]
    return torch.tensor([0, *others])
