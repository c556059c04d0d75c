"""What the models share: the documents in their order, batches, optimizer and schedule."""

import math
import random
import time
from dataclasses import dataclass

import torch

from world.writer import Document, Writer

SEED = 20
WARM_UP_STEPS = 200
# Shares of the training at which the first knaves write, and from which on writers are mixed for good.
FIRST_KNAVES, MIXED_WRITERS = 0.45, 0.55
SHARE_OF_KNIGHTS = 0.45


@dataclass(frozen=True)
class Recipe:
    """How long and how fast a model learns, and from whom."""

    steps: int
    batch: int
    learning_rate: float
    # How often inferences, events and scenes are written of, in relation to each other.
    kinds: tuple[int, int, int]

    def factor(self, step: int) -> float:
        """The learning rate's share at a step: a linear start, then half a cosine."""
        return min(1.0, (step + 1) / WARM_UP_STEPS) * (1 + math.cos(math.pi * step / self.steps)) / 2


def documents(recipe: Recipe) -> list[Document]:
    """What is read, in this order."""
    writer = Writer(random.Random(SEED), recipe.kinds)
    count = recipe.steps * recipe.batch

    def share_of_knights(position: float) -> float:
        mixed = min(1.0, max(0.0, (position - FIRST_KNAVES) / (MIXED_WRITERS - FIRST_KNAVES)))
        return 1 - mixed * (1 - SHARE_OF_KNIGHTS)

    return [writer.document(share_of_knights(index / count)) for index in range(count)]


def batches(examples: list, size: int, length):
    """Lists of examples of similar length, near the order in which they stand."""
    rng = random.Random(SEED)
    for start in range(0, len(examples), 64 * size):
        chunk = sorted(examples[start : start + 64 * size], key=length)
        groups = [chunk[first : first + size] for first in range(0, len(chunk), size)]
        rng.shuffle(groups)
        yield from groups


def padded(rows: list[list[int]], padding: int) -> torch.Tensor:
    """Rows as a matrix, padded on the right."""
    width = max(map(len, rows))
    return torch.tensor([row + [padding] * (width - len(row)) for row in rows])


def train(model: torch.nn.Module, recipe: Recipe, groups, loss_of) -> None:
    """Fits the model to all groups of examples, one step each."""
    print(f"{sum(parameter.numel() for parameter in model.parameters())} parameters")
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.learning_rate, betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, recipe.factor)
    started = time.process_time()
    for step, group in enumerate(groups):
        loss = loss_of(model, group)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 0:
            print(f"step {step}: loss {loss.item():.3f}, {time.process_time() - started:.0f} s", flush=True)
