"""Lines on which tokenizers differ: scripts, marks, spaces, punctuation, added tokens, and mixtures of all of them."""

import random

from fixture_tokenizer import SENTENCES, added_tokens

CURATED = [
    "", " ", "  ", "   ", "\n", "\n\n", "\t", " \n ", "\r\n", "a", " a", "a ", "  a", "a  b", "a   b  ", "\u00a0a\u00a0", "a\u3000b",
    "x\u2028y\u2029z", "x\u0085y", "x\u001cy\u001dy\u001ez\u001fw", "x\u000by\u000cz", "\u200b\u200c\u200d\u2060", "\ufeffstart",
    "\u1680a\u2000b\u200ac\u202fd\u205fe", "tab\tand\tspace ", "\u0001\u0002\u007f\u0080\u009f", "\u00ad soft\u00adhyphen",
    "don't can't it's I'm we've they'll he'd 'tis ' 's", "DON'T IT'S", "a.b,c!d?e", "...", ". . .", "a...b", "?!?!", "wait… what", "……",
    "(a)", "((a))", "a|b", "||", "[a]", "{a}", "a(b|c)d", " (", " |x", ") (", "a;b:c-d_e/f\\g", "「引用」、と。", "是，不是。", "، ؟ ۔ ।",
    "é", "e\u0301", "a\u0308\u0323", "Z\u0351\u036b\u0343a\u0323l\u0349g\u0326o", "\u0301alone", "ﬁ ﬂ ½ ² ™ Å Å Ω Ω", "İstanbul ıI ß ẞ",
    "👍", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈 🇩🇪🇫🇷", "☕️", "a👍b", "👍👍👍👍", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "𐍈𐌰", "한국어 한글", "日本語テキスト", "中文没有空格的一长串文字", "ไทยไม่มีช่องว่าง",
    "\u202bעברית عربي\u202c", "नमस्ते दुनिया।", "தமிழ்", "Ελληνικά", "ქართული", "Հայերեն", "አማርኛ", "ខ្មែរ", "བོད་ཡིག", "ᐃᓄᒃᑎᑐᑦ",
    "1234567890", "3.14159", "1,000,000", "v2.0.1-beta", "١٢٣", "Ⅷ ⅷ ㊿", "x²+y³", "http://example.org/a?b=c&d=e#f", "me@example.org",
    "snake_case camelCase UPPER lower", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "the the the the", "thethethethe", " the", "the ", "\ufffd", "\uffff\ufdd0", "\U0010ffff", "\ue000private", "Ġthe Ċ ĉ", "ÃÂ", "Ā",
    "<s>", "</s>", "<unk>", "<pad>", "<s>a</s>", " <s> a </s> ", "<s", "s>", "< s>", "<S>", "<<s>>", "<s><s></s>", "a<pad>b", "<unk> unknown",
    "<ab", "<abc>", "<ab>c", "ab>c", "xab>", "<abb>c", "<ab>", "two words", "two  words", "atwo wordsb", "élan", "l'élan vital", "élane",
]


def around(content):
    """An added token next to letters, digits, spaces, marks and itself."""
    templates = ("{}", "a{}b", " {} ", "a {} b", "a  {}  b", "_{}", "{}1", "é{}é", "{}\u0301", "\u3000{}\n", "{0}{0}", "{0} {0}", ".{}.", "{}\u200d", "x{}  ")
    return [template.format(content) for template in templates]


def mixtures(count, seed):
    """Random joins of fragments, so that boundaries of every kind meet."""
    generator = random.Random(seed)
    fragments = [line for line in CURATED if len(line) < 12] + [" ", "  ", "\n", ".", "the", "word"] * 4
    fragments += [token.content for token, _ in added_tokens()]
    return ["".join(generator.choices(fragments, k=generator.randint(2, 9))) for _ in range(count)]


def hard_lines():
    """All lines, each once."""
    tokens = [line for token, _ in added_tokens()[::5] for line in around(token.content)]
    long_lines = [" ".join(SENTENCES), "".join(SENTENCES).replace(" ", ""), "ab" * 400]
    return list(dict.fromkeys(CURATED + SENTENCES + tokens + mixtures(250, seed=7) + long_lines))
