"""Where chronologies disagree: plain values in, plain values out.

Nothing here knows the database. An Account is what one agency says in one entry; reading it gives
Signals; each kind of mismatch has a module that looks at signals and names what it found.
The words that rules go by are tables in vocabulary.py and roles.py.
"""
