"""The house list of phrases that lay the abuse at the victim's door, with words to use instead.

Data: a partnership may bring a list of its own. Each phrase is read as it stands, in any case; "/" stands
between words of which any will do and "*" for the rest of a word.
"""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Phrase:
    """`words` as above; `instead` goes after "Instead:"; `why` is a sentence."""

    words: str
    instead: str
    why: str

    @cached_property
    def longest_word(self):
        """Its longest word of which there is one form, in small letters: without it the phrase cannot be there."""
        plain = (word for word in self.words.lower().split() if not set(word) & {"/", "*"})
        return max(plain, key=len, default="")

    @cached_property
    def pattern(self):
        parts = [
            "(?:" + "|".join(re.escape(one).replace(r"\*", r"\w*") for one in word.split("/")) + ")"
            for word in self.words.split()
        ]
        return re.compile(r"(?<![\w-])" + r"\s+".join(parts) + r"(?![\w-])", re.IGNORECASE)


_CHOICE = "It makes a choice of what fear, control or need may have decided."
_SHARED = "It makes what one person did to another into something that both did."
_ENGAGE = "It puts on the person what the service did not manage."
_LESS = "It makes the abuse smaller than it was."
_CHARACTER = "It describes the victim by a fault, and not by what was done to them."
_ASKS = "It asks of the victim what is to be asked of the person who abused."

# Said of the person who abused, or of a service that did so itself, these blame no victim.
OF_WHO_WAS_ABUSED = frozenset({_ENGAGE, _CHARACTER, _CHOICE})
OF_WHO_NEEDED_HELP = frozenset({_ENGAGE, _ASKS})

HOUSE_LIST = (
    Phrase("failed to engage", "“the service was not able to engage with …”, and what it tried", _ENGAGE),
    Phrase("failure to engage", "“services were not able to engage with …”", _ENGAGE),
    Phrase("did/does not engage", "“did not feel able to”, or what got in the way", _ENGAGE),
    Phrase("non-engagement", "“services did not reach …”", _ENGAGE),
    Phrase("non-engaging", "“not reached by services”", _ENGAGE),
    Phrase("refused to engage", "“did not take up the offer”, and what was offered and how", _ENGAGE),
    Phrase("lack of engagement", "“services did not manage to engage with …”", _ENGAGE),
    Phrase("lack of effective engagement", "“services did not manage to engage with …”", _ENGAGE),
    Phrase("lack of consistent engagement", "“services did not manage to keep in contact with …”", _ENGAGE),
    Phrase("disengaged", "“contact with … ended”, and why", _ENGAGE),
    Phrase("hard to reach", "“not reached by services”", _ENGAGE),
    Phrase("hard-to-reach", "“not reached by services”", _ENGAGE),
    Phrase("difficult to engage", "“services did not find a way to engage with …”", _ENGAGE),
    Phrase("difficult couple to help", "“services did not find a way to help …”", _ENGAGE),
    Phrase("actively resisted/resistant", "what was offered, what was said, and what stood in the way", _ENGAGE),
    Phrase("positive resistance", "what was offered, what was said, and what stood in the way", _ENGAGE),
    Phrase("uncooperative/un-cooperative", "“did not feel able to”, and what made it hard", _ENGAGE),
    Phrase("would not cooperate/co-operate", "“did not feel able to”, and what made it hard", _ENGAGE),
    Phrase("refused to support a/the prosecution", "“did not feel able to support a prosecution”", _ENGAGE),
    Phrase("refused to press charges", "“did not feel able to support a prosecution”; the decision to charge is not the victim's", _ENGAGE),
    Phrase("refused to make a statement", "“did not feel able to make a statement”", _ENGAGE),
    Phrase("declined all offers of help/support", "which offers were made, when and how, and what was said", _ENGAGE),
    Phrase("chose to stay/remain/return", "“stayed”, “returned”, and what made leaving unsafe", _CHOICE),
    Phrase("choosing to be in/stay/remain", "“was still with …”, and what made leaving unsafe", _CHOICE),
    Phrase("choosing to be in that relationship", "“was still in the relationship”, and what made leaving unsafe", _CHOICE),
    Phrase("chose not to leave", "“did not leave”, and what made leaving unsafe", _CHOICE),
    Phrase("lifestyle choice/choices", "what the person's life was like, and why", _CHOICE),
    Phrase("chosen lifestyle/lifestyles", "what the person's life was like, and why", _CHOICE),
    Phrase("chaotic lifestyle/lifestyles", "what in the person's life was hard to bear, and who made it so", _CHARACTER),
    Phrase("acceptance of their lifestyle", "what in the person's life was hard to bear", _CHOICE),
    Phrase("put/placed/putting/placing herself/himself/themselves at risk", "“was put at risk by …”", _ASKS),
    Phrase("put/placed/putting/placing herself/himself/themselves in danger", "“was put in danger by …”", _ASKS),
    Phrase("failed to protect", "“was not able to protect”, with what the abuser did and what services offered", _ASKS),
    Phrase("failed to disclose", "“did not disclose”, “was not asked”, and what would have made it safe", _ASKS),
    Phrase("failed to report", "“did not report”, and what would have made it safe", _ASKS),
    Phrase("failed to leave", "“did not leave”, and what made leaving unsafe", _ASKS),
    Phrase("failed to attend", "“did not attend” or “was not brought”, and whether anybody asked why", _ENGAGE),
    Phrase("provoked/provoking/provocation", "what the abuser did and said", _ASKS),
    Phrase("brought it on herself/himself/themselves", "what the abuser did", _ASKS),
    Phrase("why did she/he/they not leave", "“what did the abuser do to stop …”", _ASKS),
    Phrase("could have left", "what made leaving unsafe", _ASKS),
    Phrase("allowed him/her back", "“he came back”, and what made it unsafe to say no", _ASKS),
    Phrase("allowed the abuse to", "“the abuse went on”, and who could have stopped it", _ASKS),
    Phrase("volatile relationship/relationships", "“an abusive relationship”, with who did what to whom", _SHARED),
    Phrase("toxic relationship/relationships", "“an abusive relationship”, with who did what to whom", _SHARED),
    Phrase("stormy/turbulent/tempestuous/fiery relationship", "“an abusive relationship”, with who did what to whom", _SHARED),
    Phrase("abusive relationship/relationships between", "who abused whom", _SHARED),
    Phrase("mutually abusive", "who did what to whom, and who was afraid of whom", _SHARED),
    Phrase("mutual victims and perpetrators", "who did what to whom, and who was afraid of whom", _SHARED),
    Phrase("as bad as each other", "who did what to whom, and who was afraid of whom", _SHARED),
    Phrase("six of one", "who did what to whom, and who was afraid of whom", _SHARED),
    Phrase("tit for tat", "who did what to whom, and who was afraid of whom", _SHARED),
    Phrase("domestic dispute/disputes", "“domestic abuse”", _LESS),
    Phrase("lovers' tiff", "“domestic abuse”", _LESS),
    Phrase("just/only a domestic", "“domestic abuse”", _LESS),
    Phrase("verbal argument only", "what was said, and by whom", _LESS),
    Phrase("minor assault/assaults", "“assault”, and what was done", _LESS),
    Phrase("crime of passion", "“homicide” or “murder”", _LESS),
    Phrase("lost control", "what was done; control is seldom lost with everybody", _LESS),
    Phrase("snapped", "what was done, and what came before it", _LESS),
    Phrase("alleged victim", "“victim”, or the name used in the report", "It says that the person is not believed."),
    Phrase("alleges/alleged/claims/claimed that she/he was abused", "“said that …”", "It says that the person is not believed."),
    Phrase("attention seeking/attention-seeking", "what the person said and what they needed", _CHARACTER),
    Phrase("manipulative", "what the person did, and what for", _CHARACTER),
    Phrase("promiscuous", "nothing, unless it has to be said", _CHARACTER),
    Phrase("non-compliant", "“did not take …”, and why", _CHARACTER),
    Phrase("repeat victim/victims", "“somebody who was abused again by …”", _CHARACTER),
    Phrase("a/his/her propensity to", "what happened", _CHARACTER),
)  # fmt: skip
