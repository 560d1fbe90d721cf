"""A plan as the contract gives it out over HTTP (contract.md, `orientation`)."""

from typing import Any

from bot.orientation.plan import Plan


def as_contract(plan: Plan) -> dict[str, Any]:
    """What is understood and advised so far in a conversation."""
    return {
        "needs": list(plan.needs),
        "urgency": plan.urgency,
        "emergency_kind": plan.emergency_kind if plan.urgency == "emergency" else None,
        "commune": plan.commune,
        "plan": [
            {
                "need": line.need,
                "service": line.service,
                "site": line.site,
                "mode": line.mode,
                "phone": line.phone,
                "why": line.why,
            }
            for line in plan.lines
        ],
    }
