"""The parts of one variant of a document that were drawn before."""

from functools import cached_property

from django.db import transaction

from foundations.vault.keys import digester
from foundations.vault.sealing import Unreadable
from reports.models import KeptPart


class KeptParts:
    """As foundations.office.pdf_book takes them: asked by digest, given what was drawn anew.

    Nothing is kept before `settle`, which also lets go of what was not asked for since.
    """

    def __init__(self, document, variant):
        self.document, self.variant = document, str(variant)
        self._used, self._new = set(), {}

    def get(self, digest, default=None):
        sign = self._sign(digest)
        row = self._rows.get(sign)
        if row is None:
            return default
        try:
            found = row.drawn
        except Unreadable:  # drawn again, and kept in its place
            return default
        self._used.add(sign)
        return found

    def __setitem__(self, digest, content):
        self._new[self._sign(digest)] = content

    @transaction.atomic
    def settle(self):
        rows = self._of_variant()
        rows.exclude(digest__in=self._used).delete()
        KeptPart.objects.bulk_create(
            [
                KeptPart(document=self.document, variant=self.variant, digest=sign, drawn=content)
                for sign, content in self._new.items()
            ],
            ignore_conflicts=True,
        )

    def _of_variant(self):
        return KeptPart.objects.filter(document=self.document, variant=self.variant)

    @cached_property
    def _rows(self):
        found = list(self._of_variant())
        for one in found:
            one.document = self.document
        return {one.digest: one for one in found}

    def _sign(self, digest):
        """Made with the key of the review, without which it tells nothing, and of this variant alone."""
        return self._digester(f"{self.document.pk} {self.variant} {digest}")

    @cached_property
    def _digester(self):
        return digester(self.document.review.vault_scope)
