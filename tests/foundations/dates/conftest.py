from hypothesis import settings

# A busy machine is no failure, and what was found is kept in tests of its own.
settings.register_profile("dates", deadline=None, database=None)
settings.load_profile("dates")
