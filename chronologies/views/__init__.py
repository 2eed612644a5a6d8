"""Pages of chronologies: an agency's own, its imports, and the combined one."""
