"""The Home Office: the pack that goes there, the data form in it, and what its panel's letters ask for."""
