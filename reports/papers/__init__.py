"""Documents that nobody writes: the action plan, the progress statement and the combined chronology, as versions
that are kept, looked through, and released beside the report.

    gathered = gather_paper(review, Kind.ACTION_PLAN, said=Said(...), by=user)
    file = drawn(gathered, "pdf")
"""
