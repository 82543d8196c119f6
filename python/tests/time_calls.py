"""What calls take from Python, beside what they take in Rust; called by scripts/python-time."""

import statistics
import sys
import time

path, count, rust_plan, rust_read = sys.argv[1], *map(int, sys.argv[2:])


def took(job):
    began = time.perf_counter()
    job()
    return 1e6 * (time.perf_counter() - began)


def load():
    global sinews
    import sinews


importing = took(load)
first = took(lambda: sinews.read(path).solve())
m = sinews.read(path)
plan = m.solve()


def median(job, count=count):
    return statistics.median(took(job) for _ in range(count))


solving, reading = median(m.solve), median(lambda: sinews.read(path))
print(f"{path}: import {importing / 1e3:.1f} ms, first plan {first / 1e3:.1f} ms")
print(f"  solve {solving:.0f} µs, in Rust {rust_plan} µs: {solving - rust_plan:+.0f} µs a call")
print(f"  read {reading:.0f} µs, in Rust {rust_read} µs: {reading - rust_read:+.0f} µs a call")
print(f"  name {median(lambda: m.name):.2f} µs, copy {median(m.copy):.2f} µs, handing over a table {median(lambda: plan.coverage.__arrow_c_stream__()):.1f} µs")
