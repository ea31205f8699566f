"""All checks by name. Each takes a Stack and says what is wrong with it, one sentence a fault."""

import buckets
import exposure
import functions
import observability
import permissions
import routes
import tables
import web

CHECKS = {
    "functions": functions.known,
    "permissions": permissions.roles,
    "wildcards": permissions.wildcards,
    "environments": permissions.environments,
    "resource policies": permissions.resource_policies,
    "signing keys": exposure.signing_keys,
    "credentials": exposure.credentials,
    "secrets": exposure.secrets,
    "rest routes": routes.rest,
    "preflights": routes.preflights,
    "socket routes": routes.socket,
    "invocations": routes.invocations,
    "stages": routes.stages,
    "aliases": functions.aliases,
    "snap start": functions.snap_start,
    "snapshots": functions.snapshots,
    "canaries": functions.canaries,
    "tables": tables.faults,
    "buckets": buckets.faults,
    "log groups": observability.log_groups,
    "access logs": observability.access_logs,
    "alarms": observability.alarms,
    "throttling": observability.throttling,
    "web headers": web.headers,
    "web distribution": web.distribution,
    "web proof": web.proof,
}


def faults(stack):
    """Every fault of a Stack: (name of the check, what is wrong)."""
    return [(name, fault) for name, check in CHECKS.items() for fault in check(stack)]
