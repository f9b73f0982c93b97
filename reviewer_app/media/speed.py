"""The limits that a scan's front end is measured against."""

from av.codec.context import ThreadType

from reviewer_app.domain.recording import Recording
from reviewer_app.media.container import open_container, video_stream


def decode_only(recording: Recording, *, seconds: float, threads: int = 0) -> int:
    """Decodes the pictures of a recording's first ``seconds`` and throws them away; gives their number.

    The decoder runs with frame threads as in a scan, so the difference to a scan's front end is what the sampling, the
    resizing and the quality measures cost.

    Raises:
        MediaError: a file cannot be read.
    """
    pictures = 0
    for segment in recording.segments:
        if segment.interval.start >= seconds:
            break
        stop = segment.media_time(min(seconds, segment.interval.stop))
        with open_container(segment.path) as container:
            stream = video_stream(container, segment.path)
            stream.thread_type = ThreadType.AUTO
            stream.thread_count = threads
            for frame in container.decode(stream):
                if frame.time is not None and frame.time >= stop:
                    break
                pictures += 1
    return pictures
