"""What leaves the review: sets of final, anonymised files, signed off by two people, and the register of
where they went. Nothing is published from here: the partnership puts the files on its own site."""
