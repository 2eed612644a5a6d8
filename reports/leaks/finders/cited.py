"""How a name goes on that is cited: a year, initials, other names and a year, "et al."."""

import re

CITED = re.compile(
    r"^(?:'s)?(?:\s+et al\.?|,?\s*(?:\(|\[)\s*(?:19|20)[0-9]{2}|,\s*(?:19|20)[0-9]{2}[a-z]?\s*[;:)\],]"
    r"|,?\s+(?:[A-Z]\.\s?){1,3}|,\s+[A-Z]\.[, ]"
    r"|(?:,\s*[A-Z][\w'-]+){0,4},?\s*(?:&|and)\s+[A-Z][\w'-]+,?\s*\(?(?:19|20)[0-9]{2})"
)
# "Donovan, Hester, Holmes and McCarry": authors, where nobody knows the first as a person.
LISTED = re.compile(r"^(?:,\s*[A-Z][\w'-]+){1,4},?\s*(?:&|and)\s+[A-Z][\w'-]+")
