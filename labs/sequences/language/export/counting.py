"""A script that counts the text again and prints what followed the context."""

import inspect

from labs.models import ngram
from labs.sequences.language.tokens import TOKEN

SCRIPT = '''"""n-grams of a text, as Glassbox counted them.  Needs numpy and torch."""

import math

{ngram}

TEXT = {text!r}
PARTS = {tokens}
symbols = [*sorted(set(PARTS)), ""]
number = {{token: i for i, token in enumerate(symbols)}}
model = NGrams(torch.tensor([number[token] for token in PARTS]), len(symbols))
found = model.back_off({context!r}, {n})
total = int(found.counts.sum())
for token, count in zip(found.tokens[:12], found.counts[:12]):
    print(f"{{symbols[token]!r:12}} {{count}}/{{total}} = {{count / total:.6f}}")
'''


def script(text: str, unit: str, context: list[int], n: int) -> str:
    """Return the script that counts the text again and prints what followed the context."""
    words = f"__import__('re').findall({TOKEN.pattern!r}, TEXT)"
    return SCRIPT.format(
        ngram=inspect.getsource(ngram),
        text=text,
        tokens="list(TEXT)" if unit == "characters" else words,
        context=context,
        n=n,
    )
