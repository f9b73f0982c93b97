"""Going through the flags: their list, verdicts and what they looked like, the history, and what was not flagged.

Every panel shows the review and calls its methods; none knows another.
"""
