"""Queries to agencies, and what becomes of them.

moving      one query from state to state
raising     raise_query, reword, ask
sending     send, return_with
answering   answer, send_answers
deciding    accept, dispute, ask_again, withdraw
"""
