"""The window: the only room that knows Qt.

May import jobs, store, media, domain, errors, settings and paths; never the network libraries or image measures.
"""
