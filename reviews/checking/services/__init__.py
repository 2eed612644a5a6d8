"""Checking what came.

asking    ask_to_check, end_asking
marking   mark, finish
"""
