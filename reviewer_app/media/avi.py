"""Keeps the time of AVI files behind a hole: pictures are timed by counting them, and missing ones are not counted."""

from bisect import bisect_left

from av.packet import Packet
from av.video.stream import VideoStream

_CHUNK_HEADER = 8  # bytes between the place that the index tells and a packet's content


class CountedTimes:
    """Sets the time stamps of an AVI stream's packets right by the place where each lies in the file."""

    def __init__(self, stream: VideoStream) -> None:
        self._entries = stream.index_entries
        self._shift = 0  # ticks that the count is behind

    def corrects(self, packet: "Packet[VideoStream]") -> bool:
        """Corrects a packet's time stamps; true where packets are missing before it."""
        if packet.dts is None or packet.pos is None:
            return False
        place = packet.pos - _CHUNK_HEADER
        index = bisect_left(self._entries, place, key=lambda entry: entry.pos)
        if index == len(self._entries) or self._entries[index].pos != place:
            return False  # not in the index, which a crashed recorder may have left incomplete
        before, self._shift = self._shift, self._entries[index].timestamp - packet.dts
        packet.dts += self._shift
        if packet.pts is not None:
            packet.pts += self._shift
        return self._shift != before
