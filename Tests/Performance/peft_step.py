"""Does one prompt-tuning step with Sonde and with transformers and PEFT, and compares time, memory and gradient.

    make bench && python3 Tests/Performance/peft_step.py [--model FOLDER] [--threads 2] [--rounds 3] [--json]

Without --model the checkpoint is the one with random weights that sonde-bench makes. The step is sonde-bench's: eight
texts, a prompt of 20 rows, the loss of the answers' tokens, its gradient with respect to the prompt. PEFT gets the same
weights and prompt in float32, the same rows padded to the longest, and labels of -100 but for the answers. Both sides
take turns, each in processes of its own; memory is the most that was ever resident there (VmHWM). Times are medians of
steps that follow others, on the clock and of the processors (in user mode), which other work on the machine does not
inflate. Exit code 1 if the gradients' relative difference (Euclidean) is above 1e-3.
Needs torch, transformers and peft; at the shape of bloomz-560m about 14 GB of memory.
"""

import argparse
import json
import math
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXECUTABLE = Path(__file__).resolve().parents[2] / ".build" / "release" / "sonde-bench"
LARGEST_DIFFERENCE = 1e-3
IGNORED = -100


def main():
    arguments = parsed_arguments()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "step.json"
        sonde = [sonde_step(arguments, file)]
        record = json.loads(file.read_text())
        with PEFT(file, arguments.threads) as peft:
            peft.step()
            turns = [peft.step()]
            for number in range(1, arguments.rounds):
                say(f"round {number + 1} of {arguments.rounds}")
                sonde.append(sonde_step(arguments, file))
                turns.append(peft.step())
    result = comparison(record, sonde, turns)
    print(json.dumps(result) if arguments.json else table(result))
    sys.exit(0 if result["gradient_difference"] <= LARGEST_DIFFERENCE else 1)


def parsed_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="a BLOOM checkpoint's folder")
    parser.add_argument("--shape", default="bloomz-560m", help="the shape of the checkpoint that is made")
    parser.add_argument("--threads", type=int, default=2, help="threads of either side")
    parser.add_argument("--rounds", type=int, default=3, help="how often either side is measured")
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    arguments = parser.parse_args()
    if arguments.threads < 1 or arguments.rounds < 1:
        parser.error("--threads and --rounds must be 1 or more")
    return arguments


def say(text):
    print(text, file=sys.stderr, flush=True)


def sonde_step(arguments, file):
    """What sonde-bench measures of its step; the step itself goes to `file`."""
    if not EXECUTABLE.exists():
        sys.exit(f"{EXECUTABLE}: does not exist; build it with `make bench`.")
    source = ["--model", arguments.model] if arguments.model else ["--shape", arguments.shape]
    command = [EXECUTABLE, *source, "--only", "step", "--repeat", "3", "--threads", str(arguments.threads)]
    run = subprocess.run([*command, "--step-file", file, "--json"], stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        sys.exit("sonde-bench failed; its message stands above.")
    return json.loads(run.stdout)["operations"][0]


class PEFT:
    """A process that has loaded the model with PEFT and does a step whenever it is asked to."""

    def __init__(self, file, threads):
        say("PEFT: loading")
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process = context.Process(target=serve_steps, args=(other, file, threads), daemon=True)
        self.process.start()
        other.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.process.join()

    def step(self):
        say("PEFT: a step")
        try:
            self.connection.send("step")
            return self.connection.recv()
        except (EOFError, BrokenPipeError):
            self.process.join()
            sys.exit(f"PEFT's process ended with exit code {self.process.exitcode} (-9: out of memory).")


def serve_steps(connection, file, threads):
    """Answers each message with a step's seconds, loss, gradient and the memory so far."""
    import peft
    import torch
    import transformers

    torch.set_num_threads(threads)
    record = json.loads(file.read_text())
    model = transformers.BloomForCausalLM.from_pretrained(record["model"], dtype=torch.float32)
    values = torch.tensor(record["prompt"])
    configuration = peft.PromptTuningConfig(
        task_type="CAUSAL_LM", num_virtual_tokens=values.shape[0], prompt_tuning_init="RANDOM"
    )
    model = peft.get_peft_model(model, configuration)
    prompt = model.prompt_encoder["default"].embedding.weight
    with torch.no_grad():
        prompt.copy_(values)
    batch = padded(record["texts"], record["answers"], torch)
    while True:
        try:
            connection.recv()
        except EOFError:
            return
        prompt.grad = None
        start, used = time.perf_counter(), os.times().user
        loss = model(**batch, use_cache=False).loss
        loss.backward()
        elapsed = {"wall": time.perf_counter() - start, "processor": os.times().user - used}
        connection.send({
            "time": elapsed, "loss": loss.item(), "gradient": prompt.grad.tolist(), "peak_memory": peak_memory(),
            "versions": {module.__name__: module.__version__ for module in (torch, transformers, peft)},
        })


def padded(texts, answers, torch):
    """A batch as a data collator makes it: rows of one length, labels for the answers alone."""
    length = max(len(text) + len(answer) for text, answer in zip(texts, answers))
    ids, mask, labels = [], [], []
    for text, answer in zip(texts, answers):
        padding = length - len(text) - len(answer)
        ids.append(text + answer + [0] * padding)
        mask.append([1] * (len(text) + len(answer)) + [0] * padding)
        labels.append([IGNORED] * len(text) + answer + [IGNORED] * padding)
    return {
        "input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask), "labels": torch.tensor(labels)
    }


def peak_memory():
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def comparison(record, sonde, turns):
    count = record["loss_count"]
    ours = [value / count for row in record["gradient"] for value in row]
    theirs = [value for row in turns[-1]["gradient"] for value in row]
    difference = math.dist(ours, theirs) / math.hypot(*theirs)
    return {
        "sonde": {
            **timing([turn["operation"] for run in sonde for turn in run["turns"]]),
            "loss": record["loss_sum"] / count, "peak_memory": max(run["peak_memory"] for run in sonde),
            "threads": sonde[0]["threads"],
        },
        "peft": {
            **timing([turn["time"] for turn in turns]),
            "loss": turns[-1]["loss"], "peak_memory": max(turn["peak_memory"] for turn in turns),
            "versions": turns[-1]["versions"],
        },
        "gradient_difference": difference,
    }


def timing(times):
    medians = {kind: statistics.median(time[kind] for time in times) for kind in ("wall", "processor")}
    return {"time": medians, "times": times}


def table(result):
    sonde, peft = result["sonde"], result["peft"]
    lines = [f"{'':8}{'seconds':>10}{'processor':>12}{'peak GB':>10}{'loss':>12}"]
    for side, title in ((sonde, "Sonde"), (peft, "PEFT")):
        lines.append(f"{title:8}{side['time']['wall']:10.3f}{side['time']['processor']:12.3f}"
                     f"{side['peak_memory'] / 1e9:10.2f}{side['loss']:12.6f}")
    faster = {kind: peft["time"][kind] / sonde["time"][kind] for kind in ("wall", "processor")}
    lines.append(f"{faster['wall']:.2f} times faster ({faster['processor']:.2f} by processor time); relative difference "
                 f"of the gradients {result['gradient_difference']:.1e} (at most {LARGEST_DIFFERENCE:.0e}).")
    versions = ", ".join(f"{name} {version}" for name, version in peft["versions"].items())
    lines.append(f"Medians of {len(sonde['times'])} and {len(peft['times'])} steps, "
                 f"{sonde['threads']['asked']} threads; {versions}.")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
