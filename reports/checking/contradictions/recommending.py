"""The words in which a report says how many recommendations it makes, whatever the verb.

{n} stands for the number, as in counting.COUNTED. What is made for one agency, or by one, is a part of them.
"""

import re

# Any verb but those for what is done with a recommendation that is there already.
_MAKES = (
    r"(?:(?!consider|discuss|review|not|reject|accept|welcom|endors|remov|support|chang|add|complet|implement|delay|look|ask|read|receiv|heard|saw|drop|merg|kept|monitor|(?:met|and|or|in|of|on|the)\b)"
    r"[a-z]+(?: on| out| forward| with| at| in| to| up| rise to)?)"
)
_REPORT = r"(?:(?:the|this|our|its) (?:(?:overview|final|whole|present|domestic homicide|DHR|DARDR|independent) )*(?:review|report|DHR|DARDR|document|overview report|chair|author)|we)"
_PANEL = r"(?:the |this )?(?:review |DHR |DARDR )?panel"
_BETWEEN = r"(?:,? (?:has|have|had|therefore|also|now|then|together|in the end|finally|jointly|all|been able to|a total of|in all|in total|the following|is|are))*,?"
_KINDS = r"(?:key |main |overarching |strategic |final |SMART |separate )*"
# Not those for one agency, nor those about one matter: they are a part.
_ALL_OF_THEM = (
    r"recommendations\b(?! (?:for|by|from|of|in|to|made|relat\w+|about|on|concern\w+|directed|aimed|which|that|still|only|outstanding|left|remain\w*|yet|below)\b"
    r"(?! (?:this|the|our|its)(?: \w+){0,3} (?:report|review|DHR|DARDR|panel|partnership|board|CSP)\b))"
)
_MADE = r"(?:have been |has been |were |are |had been )(?:made|agreed|set out|proposed|put forward|offered|identified|drawn up|listed|developed|formulated|presented|produced)\b(?! (?:for|by(?! (?:the|this) (?:\w+ )?(?:panel|review|chair|author))|to|about|on|in relation)\b)"
RECOMMENDED = (
    ("recommendations of the panel", rf"{_PANEL}{_BETWEEN} {_MAKES}{_BETWEEN} {{n}} {_KINDS}{_ALL_OF_THEM}|panel's {{n}} {_KINDS}{_ALL_OF_THEM}|{{n}} (?:DHR |DARDR |review )?panel recommendations|{{n}} recommendations (?:by|from|of) the (?:\w+ )?panel"),
    ("recommendations", rf"{_REPORT}{_BETWEEN} {_MAKES}{_BETWEEN} {{n}} {_KINDS}{_ALL_OF_THEM}|(?:review|report|DHR|DARDR)'s {{n}} {_KINDS}{_ALL_OF_THEM}|there (?:are|were){_BETWEEN} {{n}} {_KINDS}{_ALL_OF_THEM}|{{n}} {_KINDS}recommendations (?:{_MADE}|(?:arise|arose|follow|followed|result|resulted|emerge|emerged|come|came|flow|flowed)\b)|(?:the|these|all|all of the|all the|following) {{n}} {_KINDS}{_ALL_OF_THEM}"),
)  # fmt: skip
ELLIPTIC = rf"(?:{_REPORT}|{_PANEL}){_BETWEEN} {_MAKES}{_BETWEEN} {{n}}(?=\W*$|[,;])"
LABELS = ("recommendations", "recommendations of the panel", "recommendations in all")
_OF_AGENCIES = re.compile(
    r"\b(?:single|individual|multi|inter)[- ]?agenc(?:y|ies)\b|\b(?:own|internal|each|one|lead)[- ]agency(?:'s)?(?: \w+)? recommendations?\b"
    r"|\brecommendations? (?:for|by|from|of|made by|to) (?:\w+ ){0,3}?(?:each|other|own|the|all) agenc(?:y|ies)\b"
    r"|\b(?:IMR|IMRs|Individual Management Reviews?|agency|agencies|national|local)(?:'s|')? (?:\w+ )?recommendations\b",
    re.I,
)


def makes_one_list(reading):
    """Whether the document speaks of no other recommendations than its own, those of agencies for instance."""
    return not any(
        "ecommendation" in one.text and _OF_AGENCIES.search(one.text) for one in reading.sentences
    )
