"""Joins the rooms into journeys: each is a generator of messages that a door can run, watch and stop.

A job process runs them out of harm's way.
May import every room but the doors.
"""
