"""What speaks of a birth or a death."""

import re

ABOUT = {
    "birth": r"\b(?:born|birth|birthday|d\.?o\.?b\.?)\b",
    "death": (
        r"\b(?:died|dies|dead|deaths?|deceased|killed|killing|homicide|murder(?:ed)?|manslaughter|fatal(?:ly)?"
        r"|stabb(?:ed|ing)|pronounced|passed away|suicide|body|post[- ]mortem)\b"
    ),
}
IS_ABOUT = {what: re.compile(words, re.I) for what, words in ABOUT.items()}
