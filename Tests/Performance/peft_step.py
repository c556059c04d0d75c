"""Does one prompt-tuning step with Sonde and with transformers and PEFT, and compares time, memory and gradient.

    make bench && python3 Tests/Performance/peft_step.py [--shape roberta-base] [--threads 2] [--rounds 3] [--json]

Without --model the checkpoint is the one with random weights that sonde-bench makes for the shape. The step is
sonde-bench's: eight texts, a prompt, the loss of the answers' tokens, its gradient with respect to the prompt. PEFT gets
the same weights and prompt in float32, the same rows padded to the longest, and labels of -100 but for the answers; of
a RoBERTa, which PEFT has no prompts for, transformers gets the prompt's rows behind <s> as embeddings. Both sides
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
    parser.add_argument("--model", help="a checkpoint's folder")
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
        except (EOFError, ConnectionError):
            self.process.join()
            sys.exit(f"PEFT's process ended with exit code {self.process.exitcode} (-9: out of memory).")


def serve_steps(connection, file, threads):
    """Answers each message with a step's seconds, loss, gradient and the memory so far."""
    import peft
    import torch
    import transformers

    torch.set_num_threads(threads)
    record = json.loads(file.read_text())
    family = json.loads((Path(record["model"]) / "config.json").read_text())["model_type"]
    values = torch.tensor(record["prompt"])
    prompt, loss_of_batch = STEPS[family](record, values)
    while True:
        try:
            connection.recv()
        except EOFError:
            return
        prompt.grad = None
        start, used = time.perf_counter(), os.times().user
        loss = loss_of_batch()
        loss.backward()
        elapsed = {"wall": time.perf_counter() - start, "processor": os.times().user - used}
        connection.send({
            "time": elapsed, "loss": loss.item(), "gradient": prompt.grad.tolist(), "peak_memory": peak_memory(),
            "versions": {module.__name__: module.__version__ for module in (torch, transformers, peft)},
        })


def adapted(model, task_type, values, torch):
    """The model with PEFT's prompt of these values, and the prompt."""
    import peft

    configuration = peft.PromptTuningConfig(
        task_type=task_type, num_virtual_tokens=values.shape[0], prompt_tuning_init="RANDOM",
        num_transformer_submodules=1,
    )
    model = peft.get_peft_model(model, configuration)
    prompt = model.prompt_encoder["default"].embedding.weight
    with torch.no_grad():
        prompt.copy_(values)
    return model, prompt


def causal_step(record, values):
    """Answers follow their texts, with labels for the answers alone."""
    import torch
    import transformers

    base = transformers.BloomForCausalLM.from_pretrained(record["model"], dtype=torch.float32)
    model, prompt = adapted(base, "CAUSAL_LM", values, torch)
    rows = [text + answer for text, answer in zip(record["texts"], record["answers"])]
    labels = [[IGNORED] * len(text) + answer for text, answer in zip(record["texts"], record["answers"])]
    batch = {**padded(rows, torch), "labels": padded(labels, torch, IGNORED)["input_ids"]}
    return prompt, lambda: model(**batch, use_cache=False).loss


def masked_step(record, values):
    """The prompt stands behind <s>; the answer is the label of the text's mask, its last token but one."""
    import torch
    import transformers

    model = transformers.RobertaForMaskedLM.from_pretrained(record["model"], dtype=torch.float32)
    model.requires_grad_(False)
    prompt = torch.nn.Parameter(values)
    batch = padded(record["texts"], torch)
    count = len(record["texts"])
    labels = torch.full((count, len(values) + batch["input_ids"].shape[1]), IGNORED)
    for row, (text, answer) in enumerate(zip(record["texts"], record["answers"])):
        labels[row, len(values) + len(text) - 2] = answer[0]
    mask = torch.cat([torch.ones(count, len(values), dtype=torch.long), batch["attention_mask"]], dim=1)

    def loss():
        words = model.get_input_embeddings()(batch["input_ids"])
        embeddings = torch.cat([words[:, :1], prompt.expand(count, -1, -1), words[:, 1:]], dim=1)
        return model(inputs_embeds=embeddings, attention_mask=mask, labels=labels).loss

    return prompt, loss


def encoder_decoder_step(record, values):
    """The prompt stands before the encoder's text, the answers are the decoder's."""
    import torch
    import transformers

    base = transformers.T5ForConditionalGeneration.from_pretrained(record["model"], dtype=torch.float32)
    model, prompt = adapted(base, "SEQ_2_SEQ_LM", values, torch)
    batch = {**padded(record["texts"], torch), "labels": torch.tensor(record["answers"])}
    return prompt, lambda: model(**batch, use_cache=False).loss


STEPS = {"bloom": causal_step, "roberta": masked_step, "t5": encoder_decoder_step}


def padded(rows, torch, padding=0):
    """Rows of one length as a data collator makes them."""
    length = max(map(len, rows))
    return {
        "input_ids": torch.tensor([row + [padding] * (length - len(row)) for row in rows]),
        "attention_mask": torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in rows]),
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
