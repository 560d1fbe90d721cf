"""The results of the benchmark as a person reads them in a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

AIMS = {"understanding_ms": 0.5, "median_ms": 0.5, "rasa_memory_mib": 0.7}
"""What the project wants of the ratio ours / starter, at most."""

_ROWS = {
    "understanding_ms": "one message through the pipeline (ms)",
    "median_ms": "turn, median (ms)",
    "p95_ms": "turn, 95th centile (ms)",
    "turns_per_second": "turns per second, all clients",
    "processor_ms": "processor time per turn (ms)",
    "rasa_memory_mib": "memory of the Rasa process (MiB)",
    "memory_mib": "memory of all processes (MiB)",
    "start_s": "time to the first answer (s)",
}
_PARTS = {
    "gateway_plan": "through the gateway, answers that hold a plan",
    "gateway_other": "through the gateway, other answers",
    "gateway": "through the gateway, all",
    "rasa": "our Rasa alone (with its actions)",
    "understanding": "our understanding alone",
}


def table(results: Mapping[str, Any]) -> str:
    """Both assistants side by side, then where our milliseconds and our memory go."""
    return "\n".join([_machine(results["machine"]), "", *_comparison(results), "", *_breakdown(results)])


def ratios(starter: Mapping[str, float], ours: Mapping[str, float]) -> dict[str, float]:
    """Ours over the starter's, for every row of the table."""
    return {key: ours[key] / starter[key] for key in _ROWS}


def _machine(facts: Mapping[str, Any]) -> str:
    changed = " with uncommitted changes" if facts["uncommitted_changes"] else ""
    return (
        f"{facts['date']}, revision {facts['revision']}{changed}\n"
        f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gib']} GiB; "
        f"Python {facts['python']}, Rasa {facts['rasa']}; "
        f"load {facts['load_before']} before, {facts['load_after']} after"
    )


def _comparison(results: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'':<38}{'starter':>10}{'ours':>10}{'ours/starter':>14}{'aim':>10}"
    for key, title in _ROWS.items():
        aim = f"≤ {AIMS[key]:.2f}" if key in AIMS else ""
        figures = f"{results['starter'][key]:>10.1f}{results['ours'][key]:>10.1f}{results['ratios'][key]:>14.2f}"
        yield f"{title:<38}{figures}{aim:>10}"


def _breakdown(results: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'our turn, one client (ms)':<52}{'median':>10}{'p95':>10}{'turns':>8}"
    for key, title in _PARTS.items():
        part = results["breakdown"][key]
        yield f"{title:<52}{part['median_ms']:>10.1f}{part['p95_ms']:>10.1f}{part['turns']:>8}"
    yield ""
    yield "our memory (MiB): " + ", ".join(f"{role} {mib:.0f}" for role, mib in results["ours"]["by_process"].items())
