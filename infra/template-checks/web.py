"""The distribution of the browser client: what it serves from where, with which headers, and how it says who asks."""

import json
import re

from translated import ROOT

HEADERS = ROOT / "infra" / "web-headers.json"
EDGE = ROOT / "functions" / "src" / "main" / "java" / "io" / "quantchat" / "http" / "Edge.java"

# The secret that proves a request came through the distribution, as every part that knows it refers to it.
PROOF = re.compile(r"^\{\{resolve:secretsmanager:\$\{EdgeProof\}:SecretString:proof\d+\}\}$")
# The function that limits by address.
LIMITING = "AuthFunction"

CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"

# What each path leads to.
ORIGINS = {
    "/api/v1/*": "${RestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}",
    "/ws": "${SocketApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}",
    "/media/*": "${MediaBucket}.s3.${AWS::Region}.${AWS::URLSuffix}",
}
PATHS_BY = {"/api/v1/*": "RestPath", "/ws": "SocketPath"}
# The distribution's own right to read is for the files alone: to attachments lead the links that are signed.
FILES = "${WebBucket.RegionalDomainName}"
# Errors that CloudFront keeps for a while unless it is told not to.
KEPT_ERRORS = {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}

# What CloudFront takes in no other place, with how it writes the value.
SECURITY = {
    "ContentSecurityPolicy": ("Content-Security-Policy", lambda part: part["ContentSecurityPolicy"]),
    "ContentTypeOptions": ("X-Content-Type-Options", lambda part: "nosniff"),
    "ReferrerPolicy": ("Referrer-Policy", lambda part: part["ReferrerPolicy"]),
    "StrictTransportSecurity": ("Strict-Transport-Security", lambda part: _transport_security(part)),
}
# Each object has its own: from the distribution, errors would have it as well.
OF_OBJECTS = {"Cache-Control"}


def headers(stack):
    """Every file has the headers of infra/web-headers.json, the same as from the runner."""
    for distribution in _distributions(stack):
        policy = _policy(stack, distribution["DefaultCacheBehavior"])
        found = dict(_headers_of(policy))
        wanted = rules()["/*"]
        for name in sorted(found.keys() | (wanted.keys() - OF_OBJECTS)):
            if found.get(name) != wanted.get(name):
                yield f"files have {name}: {found.get(name)}, but infra/web-headers.json says {wanted.get(name)}"
        others = {name for path, part in rules().items() if path != "/*" for name in part} - OF_OBJECTS
        for name in sorted(others):
            yield f"infra/web-headers.json says {name} of some files alone, which the distribution can't"
        for name, part in _parts(policy):
            if part.get("Override") is not True:
                yield f"{name} gives way to what an object says"
        for behavior in distribution["CacheBehaviors"]:
            if behavior["PathPattern"] == "/media/*":
                text = dict(_headers_of(_policy(stack, behavior))).get("Content-Security-Policy")
                if text != "default-src 'none'; sandbox":
                    yield f"attachments may be pages of the client's own origin: {text}"


def rules():
    """The headers of web-headers.json by the path that they are of."""
    return {rule["path"]: rule["headers"] for rule in json.loads(HEADERS.read_text(encoding="utf-8"))}


def distribution(stack):
    """Every path leads where it should, over TLS; nothing but files is kept, and no error."""
    for found in _distributions(stack):
        origins = {origin["Id"]: origin for origin in found["Origins"]}
        behaviors = {behavior["PathPattern"]: behavior for behavior in found["CacheBehaviors"]}
        for path in sorted(behaviors.keys() ^ ORIGINS.keys()):
            yield f"{path} leads {'somewhere that web.py does not list' if path in behaviors else 'to files'}"
        for path in sorted(behaviors.keys() & ORIGINS.keys()):
            for problem in _passing(path, behaviors[path], origins):
                yield f"{path} {problem}"
        files = found["DefaultCacheBehavior"]
        if origins[files["TargetOriginId"]]["DomainName"] != FILES:
            yield "files come from elsewhere than WebBucket"
        if files["CachePolicyId"] != CACHING_OPTIMIZED or files.get("Compress") is not True:
            yield "files aren't kept and compressed"
        if files["ViewerProtocolPolicy"] != "redirect-to-https" or set(files["AllowedMethods"]) != {"GET", "HEAD"}:
            yield "files are served without TLS, or can be asked for more than to be read"
        if found.get("DefaultRootObject") != "index.html":
            yield "nothing is at /"
        for name, origin in origins.items():
            if ("OriginAccessControlId" in origin) != (origin["DomainName"] == FILES):
                yield f"the distribution reads {name} by its own right, or can't read the files"
            if origin.get("CustomOriginConfig", {"OriginProtocolPolicy": "https-only"})["OriginProtocolPolicy"] != "https-only":
                yield f"{name} is asked without TLS"
        kept = KEPT_ERRORS - {
            error["ErrorCode"] for error in found.get("CustomErrorResponses", []) if error == _not_kept(error["ErrorCode"])
        }
        if kept:
            yield f"errors are kept, or answered otherwise: {', '.join(map(str, sorted(kept)))}"
        certificate = found["ViewerCertificate"]
        if certificate.get("CloudFrontDefaultCertificate") is not True and (
            certificate.get("MinimumProtocolVersion") != "TLSv1.2_2021"
        ):
            yield "it lets TLS older than 1.2 in"
        if ("Aliases" in found) == (certificate.get("CloudFrontDefaultCertificate") is True):
            yield "a domain goes without a certificate, or a certificate without a domain"
        if found.get("HttpVersion") != "http2and3" or found.get("IPV6Enabled") is not True:
            yield "it is without HTTP/3 or IPv6"
        yield from _origin_access(stack)


def proof(stack):
    """The distribution tells who asks and proves it; whoever counts by address knows the proof, and nobody else."""
    told = stack.resources[LIMITING].get("Environment", "Variables", "EDGE_PROOF")
    if not _distributions(stack):
        if told:
            yield f"{LIMITING} believes a distribution that isn't there"
        return
    names = dict(re.findall(r'String (PROOF|VIEWER) = "([^"]+)"', EDGE.read_text(encoding="utf-8")))
    for found in _distributions(stack):
        sent = {
            origin["Id"]: {header["HeaderName"]: header["HeaderValue"] for header in origin.get("OriginCustomHeaders", [])}
            for origin in found["Origins"]
        }
        if sent.pop("rest") != {names["PROOF"]: told} or any(sent.values()):
            yield f"not the REST API alone is sent {names['PROOF']} as {LIMITING} knows it"
    if not PROOF.match(str(told)):
        yield f"{LIMITING} has a proof that anybody can know: {told}"
    code = stack.resources["RestPath"].get("FunctionCode")
    if f"request.headers['{names['VIEWER'].lower()}'] = {{ value: event.viewer.ip }};" not in code:
        yield f"callers say themselves where they are: RestPath doesn't replace {names['VIEWER']}"
    for name, firewall in stack.of_type("AWS::WAFv2::WebACL").items():
        for rule in firewall.get("Rules"):
            counted = rule["Statement"].get("RateBasedStatement")
            if counted and counted.get("AggregateKeyType") == "IP" and not _proved(counted, told, names, negated=True):
                yield f"{name}, {rule['Name']}: counts all who share a server of the distribution as one"
            if counted and counted.get("AggregateKeyType") == "FORWARDED_IP":
                if not _proved(counted, told, names, negated=False):
                    yield f"{name}, {rule['Name']}: believes what anybody says of where it is"
                if counted["ForwardedIPConfig"]["HeaderName"] != names["VIEWER"]:
                    yield f"{name}, {rule['Name']}: counts by {counted['ForwardedIPConfig']['HeaderName']}"
        limits = sorted(
            (str(rule["Statement"]["RateBasedStatement"]["Limit"]), rule["Statement"]["RateBasedStatement"]["AggregateKeyType"])
            for rule in firewall.get("Rules")
            if "RateBasedStatement" in rule["Statement"]
        )
        if len({limit for limit, kind in limits if kind == "IP"} ^ {limit for limit, kind in limits if kind != "IP"}):
            yield f"{name} counts viewers otherwise than addresses"


def _distributions(stack):
    return [found.get("DistributionConfig") for found in stack.of_type("AWS::CloudFront::Distribution").values()]


def _passing(path, behavior, origins):
    """What is wrong with a behaviour that passes requests on."""
    if origins[behavior["TargetOriginId"]]["DomainName"] != ORIGINS[path]:
        yield f"leads to {origins[behavior['TargetOriginId']]['DomainName']}"
    if behavior["CachePolicyId"] != CACHING_DISABLED:
        yield "is kept by the distribution"
    if behavior.get("OriginRequestPolicyId") != ALL_VIEWER_EXCEPT_HOST:
        yield "loses headers or the query, or is asked for under another name than the origin's"
    if behavior["ViewerProtocolPolicy"] != "https-only":
        yield "is served without TLS"
    methods = {"GET", "HEAD"} if path == "/ws" else {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
    if set(behavior["AllowedMethods"]) != methods:
        yield f"lets {', '.join(behavior['AllowedMethods'])} through"
    functions = [one["FunctionARN"] for one in behavior.get("FunctionAssociations", [])]
    wanted = [f"${{{PATHS_BY[path]}.FunctionMetadata.FunctionARN}}"] if path in PATHS_BY else []
    if functions != wanted:
        yield f"is changed by {', '.join(functions) or 'nothing'}, not by {', '.join(wanted) or 'nothing'}"


def _origin_access(stack):
    for name, access in stack.of_type("AWS::CloudFront::OriginAccessControl").items():
        config = access.get("OriginAccessControlConfig")
        if (config["OriginAccessControlOriginType"], config["SigningBehavior"]) != ("s3", "always"):
            yield f"{name} doesn't sign every request for a file"


def _not_kept(code):
    return {"ErrorCode": code, "ErrorCachingMinTTL": 0}


def _policy(stack, behavior):
    name = str(behavior.get("ResponseHeadersPolicyId")).removeprefix("${").removesuffix("}")
    return stack.resources[name].get("ResponseHeadersPolicyConfig") if name in stack.resources else {}


def _parts(policy):
    for name, part in policy.get("SecurityHeadersConfig", {}).items():
        yield SECURITY[name][0], part
    for part in policy.get("CustomHeadersConfig", {}).get("Items", []):
        yield part["Header"], part


def _headers_of(policy):
    for name, part in policy.get("SecurityHeadersConfig", {}).items():
        yield SECURITY[name][0], SECURITY[name][1](part)
    for part in policy.get("CustomHeadersConfig", {}).get("Items", []):
        yield part["Header"], part["Value"]


def _transport_security(part):
    text = f"max-age={part['AccessControlMaxAgeSec']}"
    return text + ("; includeSubDomains" if part.get("IncludeSubdomains") else "") + ("; preload" if part.get("Preload") else "")


def _proved(counted, told, names, negated):
    """Whether only requests with the proof are counted, or only those without."""
    scope = counted.get("ScopeDownStatement", {})
    parts = scope.get("AndStatement", {}).get("Statements", [scope])
    for part in parts:
        if negated:
            part = part.get("NotStatement", {}).get("Statement", {})
        match = part.get("ByteMatchStatement", {})
        if (
            match.get("FieldToMatch") == {"SingleHeader": {"Name": names["PROOF"].lower()}}
            and match.get("SearchString") == told
            and match.get("PositionalConstraint") == "EXACTLY"
        ):
            return True
    return False
