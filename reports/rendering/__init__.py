"""A document as files: what it says is gathered once as plain values, and drawn from those alone.

    gathered = gather(document, variant=Variant.ANONYMISED, version=3, at=now, by=user)
    telling = Telling(gathered, document.review)            # of an anonymised one: telling.places
    file = drawn(gathered, "pdf")

The values are kept beside the file, so that what was made can be shown again.
"""
