"""The small byte-level BPE tokenizer of the RoBERTa fixtures: `<s>` 0, `<pad>` 1, `</s>` 2, `<unk>` 3, `<mask>` last."""

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

from fixture_tokenizer import SENTENCES

SPECIAL_TOKENS = ["<s>", "<pad>", "</s>", "<unk>"]
# Words that are candidates, often enough to become tokens.
CANDIDATE_WORDS = [" yes", " no", " good", " bad", "good", " true", " false", "It"] * 30


def roberta_tokenizer(has_template=False):
    """The same on every call; `<s> text </s>` by RobertaProcessing, or by a template, as files of either kind have it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True)
    tokenizer.decoder = decoders.ByteLevel(add_prefix_space=True, trim_offsets=True, use_regex=True)
    trainer = trainers.BpeTrainer(
        vocab_size=330,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES + CANDIDATE_WORDS, trainer)
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, normalized=False)])
    start, end = ("<s>", 0), ("</s>", 2)
    if has_template:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>", pair="<s> $A </s> </s> $B:1 </s>:1", special_tokens=[start, end]
        )
    else:
        tokenizer.post_processor = processors.RobertaProcessing(
            end, start, trim_offsets=True, add_prefix_space=False
        )
    return tokenizer
