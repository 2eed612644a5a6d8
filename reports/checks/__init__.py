"""The page "Before it is submitted": what `reports.checking` finds in a document of a review, beside what
people said of it.

What is found is kept with a digest of all that it was read from, and found anew when any of that changes.
"""
