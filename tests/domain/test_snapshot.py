from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource


def test_the_windows_of_a_role_are_those_of_all_its_patients() -> None:
    sources = tuple(SnapshotSource(patient, f"recording {i}", "") for i, patient in enumerate("ABA"))
    windows = tuple(LabelledWindow(i, 0.0, 0.0) for i in range(3))
    snapshot = Snapshot(SnapshotRules(), sources, windows, (("A", Role.TRAIN), ("B", Role.HELD_OUT)))
    assert snapshot.windows_of(Role.TRAIN) == (windows[0], windows[2])
    assert snapshot.windows_of(Role.HELD_OUT) == (windows[1],)
    assert snapshot.windows_of(Role.VALIDATE) == ()
