"""What a document says in two ways. Every finder takes a Reading and gives Contradictions."""
