"""The words of the program: recordings, windows, traces, events, as plain immutable values.

Every other room speaks in these words. May import errors and numpy, nothing else.
"""
