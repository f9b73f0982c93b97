"""Work that takes time: scans that wait, run and go on after a break; the library at a glance; what is asked first."""
