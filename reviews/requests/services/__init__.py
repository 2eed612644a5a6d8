"""Asking agencies for something, and what becomes of it.

asking      ask, ask_agencies
moving      open_request, begin, submit, return_request, accept, withdraw
extending   ask_extension, give_extension, refuse_extension
answering   give_nil, answer_question, save_draft, say_complete, chronology_came
chasing     chase
"""
