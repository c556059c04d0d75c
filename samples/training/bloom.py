"""A BLOOM that learns to go on with a document: next-token prediction, all tokens alike."""

import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import BloomConfig, BloomForCausalLM, PreTrainedTokenizerFast

from .loop import SEED, Recipe, batches, documents, padded, train

WIDTH, LAYERS, HEADS = 96, 3, 4
RECIPE = Recipe(steps=6000, batch=16, learning_rate=3e-3, kinds=(5, 3, 3))
SPECIAL_TOKENS = ["<unk>", "<s>", "</s>", "<pad>"]
END, PAD = 2, 3


def trained_tokenizer(texts: list[str]) -> Tokenizer:
    """Byte-level BPE with BLOOM's pre-tokenizer."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r" ?[^(\s|[.,!?…。，、।۔،])]+"), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=False),
    ])
    tokenizer.post_processor = processors.TemplateProcessing(single="$A", pair="$A $B:1", special_tokens=[])
    tokenizer.decoder = decoders.ByteLevel(add_prefix_space=True, trim_offsets=True, use_regex=True)
    trainer = trainers.BpeTrainer(
        vocab_size=1500, special_tokens=SPECIAL_TOKENS, show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    # Without colons, so that "riddle:" becomes two tokens and the colon of a study's own wording is a known one.
    tokenizer.train_from_iterator((text.replace(":", "") for text in texts), trainer)
    return tokenizer


def loss_of(model, group: list[list[int]]) -> torch.Tensor:
    ids = padded(group, PAD)
    labels = ids.masked_fill(ids == PAD, -100)
    return model(input_ids=ids, attention_mask=(ids != PAD).long(), labels=labels).loss


def write(folder) -> None:
    """Trains the model and writes it with its tokenizer."""
    texts = [str(document) for document in documents(RECIPE)]
    tokenizer = trained_tokenizer(texts[-4000:])
    encoded = [encoding.ids + [END] for encoding in tokenizer.encode_batch(texts)]
    torch.manual_seed(SEED)
    model = BloomForCausalLM(BloomConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=WIDTH, n_layer=LAYERS, n_head=HEADS, hidden_dropout=0.0,
        attention_dropout=0.0, initializer_range=0.08, bos_token_id=1, eos_token_id=END, pad_token_id=PAD,
    ))
    train(model, RECIPE, batches(encoded, RECIPE.batch, len), loss_of)
    model.half().save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", bos_token="<s>", eos_token="</s>", pad_token="<pad>",
    ).save_pretrained(folder)
