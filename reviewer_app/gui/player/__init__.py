"""The player: a thread that decodes, a clock that sound may lead, and the widgets that show pictures and waveform."""
