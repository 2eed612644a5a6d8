"""Bringing the plans of many reviews in one file: each part goes the way of a file of one review."""

import hashlib
import uuid

from django.db import IntegrityError, transaction

from actionplans import drafting, importing, services
from actionplans.many.models import BatchPart, PlanBatch
from actionplans.many.splitting import split
from actionplans.models import PlanImport
from actionplans.reading import NotAnActionPlan
from foundations.office import read_file
from foundations.office.naming import ending
from reviews.access import access_of
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review

NO_REFERENCE = "No review is named in this row, nor above it."
UNKNOWN = "You run no review with this reference."
ENDED = "This review has ended and takes no more."
EMPTY = "Nothing in these rows could be read as a recommendation or an action."


def read(content, name):
    """Raises office.Refused and NoReviewColumn."""
    return split(read_file(content, name))


@transaction.atomic
def bring(found, *, content, name, by, key):
    """Upload the part of each review, none of which is saved yet. The same key again gives the first
    one's batch."""
    if there := PlanBatch.objects.filter(key=key, by=by).first():
        return there
    try:
        with transaction.atomic():
            batch = PlanBatch.objects.create(
                key=key, sha256=hashlib.sha256(content).hexdigest(), by=by
            )
    except IntegrityError:  # the other click was quicker
        return PlanBatch.objects.get(key=key, by=by)
    left = [{"what": f"{part}, row {row}", "why": NO_REFERENCE} for part, row in found.unplaced]
    reviews = _reviews_of(by)
    for reference, body in found.contents.items():
        review, rows = reviews.get(_key(reference)), found.rows[reference]
        refusal = _bring_part(batch, review, body, rows, name=name)
        if refusal:
            what = f"“{reference[:60]}”, {rows} {'row' if rows == 1 else 'rows'}"
            left.append({"what": what, "why": refusal})
    batch.left = left
    batch.save(update_fields=["left"])
    return batch


def _bring_part(batch, review, content, rows, *, name):
    """Why it went nowhere, or nothing."""
    if review is None:
        return UNKNOWN
    if review.has_ended:
        return ENDED
    name = f"{review.reference} from {name.removesuffix('.' + ending(name))}"[:140] + ".xlsx"
    try:
        draft = drafting.read_draft(content, name, review)
    except NotAnActionPlan:
        return EMPTY
    import_ = services.upload(
        review, draft, content=content, by=batch.by, key=uuid.uuid5(batch.key, review.reference)
    )
    BatchPart.objects.create(batch=batch, plan_import=import_, rows=rows)
    return ""


def _reviews_of(user):
    """{key of the reference: review} of all whose plan they may bring."""
    access = access_of(user)
    pks = access.reviews_with("change_action_plan") - access.reviews_in_conflict
    reviews = Review.objects.visible_to(user).filter(pk__in=pks).select_related("partnership")
    return {_key(review.reference): review for review in reviews}


def _key(reference):
    return "".join(letter for letter in reference.casefold() if letter.isalnum())


def set_columns(batch, *, mapping, by):
    """What the columns hold, said once for every part that is not saved yet."""
    for part in _open_parts(batch, by):
        services.set_mapping(part.plan_import, mapping=mapping)


def save_all(batch, *, by):
    """Save every part that can be saved, each for itself: one that cannot keeps no other out.

    Returns (how many were saved, {review reference: why not}). Safe to repeat.
    """
    saved, refused = 0, {}
    for part in _open_parts(batch, by):
        import_ = part.plan_import
        try:
            after = services.save_import(import_, by=by)
        except services.NotReady:
            refused[import_.review.reference] = "Something in it has to be mended first."
        except importing.CannotSave as refusal:
            refused[import_.review.reference] = str(refusal)
        except ReviewEnded:
            refused[import_.review.reference] = ENDED
        else:
            if after.state == PlanImport.State.SAVED:
                saved += 1
            else:
                refused[import_.review.reference] = "Its plan changed meanwhile. Look at it again."
    return saved, refused


def _open_parts(batch, user):
    parts = BatchPart.objects.visible_to(user).filter(
        batch=batch, plan_import__state=PlanImport.State.PREVIEWED
    )
    return list(parts.select_related("plan_import__review"))
