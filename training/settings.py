"""What the user sets of a training, the same for each network."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a network is trained.

    Attributes
    ----------
    output : Path
        Folder for the checkpoint and TensorBoard's events; an existing run there is resumed.
    steps : int
        Optimiser steps, unless `minutes` of wall clock, over all resumed runs together, are over sooner.
    minutes : float
        See `steps`; the schedule of the learning rate is bent to fit.
    batch : int
        Pages of a step, on each device.
    rate : float
        Peak learning rate.
    seed : int
        Of the first weights, and of the pages.
    workers : int
        Processes that draw pages, for each device; 0 draws them in between.
    threads : int
        Of torch, on the CPU.
    device : str
        "cpu" or "cuda"; under torchrun each process takes the GPU of its local rank.
    start_from : Path or None
        Weights to begin with, while the schedule begins anew.
    """

    output: Path
    steps: int
    minutes: float
    batch: int
    rate: float
    seed: int
    workers: int
    threads: int
    device: str
    start_from: Path | None


def add_settings(parser: argparse.ArgumentParser, *, batch: int, rate: float, seed: int) -> None:
    """Add the options of `Settings` to a parser, with what a network usually takes."""
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoints; an existing one is resumed")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop by the clock, the schedule bent to fit")
    parser.add_argument("--batch", type=int, default=batch, help="pages a step, on each device")
    parser.add_argument("--rate", type=float, default=rate, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=seed)
    parser.add_argument("--workers", type=int, default=1, help="processes that draw pages, for each device")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--start-from", type=Path, help="safetensors or checkpoint; the schedule begins anew")


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings among a command's options."""
    return Settings(**{name: getattr(options, name) for name in Settings.__slots__})
