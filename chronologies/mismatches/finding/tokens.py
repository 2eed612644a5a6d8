"""Texts as sentences of words, and phrases found among them."""

import re

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_SENTENCE = re.compile(r"(?<=[\w)\]\"'…])(?:[.!?;]+(?=\s|$)|(?=\n))|\n+")
_WORD = re.compile(r"[A-Za-z0-9]+(?:[&'./-][A-Za-z0-9]+)*|[\[\]():,]")
_SPACED_AND = re.compile(r"\b([A-Z]) & ([A-Z])\b")


def sentences(text):
    """The sentences of a text, without their full stops; a line is a sentence too."""
    text = text.translate(_PLAIN)
    if " & " in text:
        text = _SPACED_AND.sub(r"\1&\2", text)
    return [piece for piece in map(str.strip, _SENTENCE.split(text)) if piece]


def words_of(sentence):
    """(words as written, words to compare): "MA 1's" and "Ma 1" are the same to compare."""
    written = _WORD.findall(sentence)
    return written, [plain(word) for word in written]


def plain(word):
    word = word.lower()
    return word[:-2] if word.endswith("'s") else word.replace("'", "")


def phrase(text):
    """A name or phrase as the words that it is looked for by."""
    if " & " in text:
        text = _SPACED_AND.sub(r"\1&\2", text.translate(_PLAIN))
    return tuple(words_of(text.translate(_PLAIN).replace(" & ", " and "))[1])


class Lexicon:
    """Phrases with what they stand for; the longest at each place is found.

    Only words that can begin a phrase cost anything, so a long list is as quick as a short one.
    """

    def __init__(self):
        self._starts = {}

    def add(self, words, label):
        if not words:
            return
        tails = self._starts.setdefault(words[0], [])
        for tail, labels in tails:
            if tail == words[1:]:
                if label not in labels:
                    labels.append(label)
                return
        tails.append((words[1:], [label]))
        tails.sort(key=lambda pair: -len(pair[0]))

    def remove(self, words, label):
        for tail, labels in self._starts.get(words[0], ()):
            if tail == words[1:] and label in labels:
                labels.remove(label)

    def find(self, words):
        """[(start, end, labels)] in order, none inside another."""
        starts, found, end = self._starts, [], 0
        for at, word in enumerate(words):
            if word not in starts or at < end:
                continue
            for tail, labels in starts[word]:
                stop = at + 1 + len(tail)
                if labels and (not tail or tuple(words[at + 1 : stop]) == tail):
                    found.append((at, stop, labels))
                    end = stop
                    break
        return found
