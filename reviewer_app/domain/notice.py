"""The sentences that stand wherever a score is shown."""

RESEARCH_NOTICE = "Research use only. Not for diagnosis. Not an alarm."

STARTER_NOTICE = (
    "The starter model was trained on synthetic phantoms; how it does on real infants is unknown. "
    "It is for trying the program and as a place to start from."
)
