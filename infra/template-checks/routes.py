"""What the outside can reach: the routes of both APIs against infra/openapi.yaml and infra/asyncapi.yaml, both ways."""

import functools
import re

import yaml

from translated import ROOT

INTEGRATION = re.compile(
    r"^arn:(?:aws|\$\{AWS::Partition\}):apigateway:\$\{AWS::Region\}:lambda:path/2015-03-31"
    r"/functions/(\$\{[\w.]+\})/invocations$"
)
PATH_PARAMETER = re.compile(r"\{[^}]+\}")

# The gateway's own route keys: no client names them in a frame, so the contract doesn't either.
GATEWAY_ROUTES = {"$connect", "$disconnect", "$default"}
# Answers to the client that sent the frame, so it needs a route response although no contract's operation names it.
GATEWAY_REPLIES = {"$default"}

STAGES_OF = {
    "RestApi": {
        "stage": "AWS::ApiGateway::Stage",
        "domain": "AWS::ApiGateway::DomainName",
        "mapping": "AWS::ApiGateway::BasePathMapping",
    },
    "SocketApi": {
        "stage": "AWS::ApiGatewayV2::Stage",
        "domain": "AWS::ApiGatewayV2::DomainName",
        "mapping": "AWS::ApiGatewayV2::ApiMapping",
    },
}


@functools.cache
def contract(name):
    return yaml.safe_load((ROOT / "infra" / name).read_text(encoding="utf-8"))


def rest(stack):
    """Every REST route is in the contract and every one of the contract is there; each runs a function."""
    documented = {
        (method.upper(), path)
        for path, item in contract("openapi.yaml")["paths"].items()
        for method in item
        if method in ("get", "put", "post", "delete", "patch", "options", "head", "trace")
    }
    found = {(method, path): operation for method, path, operation in rest_operations(stack)}
    for method, path in sorted(documented - found.keys()):
        yield f"{method} {path} is in infra/openapi.yaml but has no route"
    for method, path in sorted(found.keys() - documented):
        yield f"{method} {path} is a route but not in infra/openapi.yaml"
    for (method, path), operation in sorted(found.items()):
        # Handlers check the token themselves and refuse in their own words; openapi.yaml says which routes need one.
        if operation.get("security"):
            yield f"{method} {path} asks the gateway for authorisation, but functions check tokens themselves"
        if operation["x-amazon-apigateway-integration"].get("type") != "aws_proxy":
            yield f"{method} {path} isn't a proxy integration"


def preflights(stack):
    """A browser may ask every path whether it may call it, and is answered without a function."""
    for api in stack.of_type("AWS::ApiGateway::RestApi").values():
        for path, item in api.get("Body", "paths", default={}).items():
            answer = str(item.get("options", {}).get("x-amazon-apigateway-integration", {}).get("responses"))
            for method in item.keys() - {"options"}:
                if not re.search(rf"Allow-Methods'.*\b{method}\b", answer, re.IGNORECASE):
                    yield f"{method.upper()} {path} can't be called by browsers: no preflight allows it"
            for header in ("Authorization", "Content-Type"):
                if not re.search(rf"Allow-Headers'.*\b{header}\b", answer):
                    yield f"browsers can't send {header} to {path}: no preflight allows it"


def stages(stack):
    """Both APIs are reached through the one stage that has their limits, logs and firewall, and under TLS 1.2."""
    for name, deployment in stack.of_type("AWS::ApiGateway::Deployment").items():
        if deployment.get("StageName"):
            yield f"{name} makes a stage {deployment.get('StageName')}, without limits, logs or firewall"
    # Whichever of the two AWS takes, the metrics have it, which the alarms look at.
    for api in stack.of_type("AWS::ApiGateway::RestApi").values():
        if api.get("Name") != api.get("Body", "info", "title"):
            yield f"{api.name} is called {api.get('Name')}, and its definition {api.get('Body', 'info', 'title')}"
    for api, kinds in STAGES_OF.items():
        found = {name: stage.get("StageName") for name, stage in stack.of_type(kinds["stage"]).items()}
        if list(found.values()) != ["live"]:
            yield f"{api} has the stages {', '.join(map(str, found.values())) or 'none'}, not live alone"
        for name, domain in stack.of_type(kinds["domain"]).items():
            parts = domain.get("DomainNameConfigurations", default=[domain.properties])
            if any(part.get("SecurityPolicy") != "TLS_1_2" for part in parts):
                yield f"{name} lets TLS older than 1.2 in"
            mapped = [
                (mapping.get("RestApiId", default=mapping.get("ApiId")), mapping.get("Stage"))
                for mapping in stack.of_type(kinds["mapping"]).values()
                if mapping.get("DomainName") == f"${{{name}}}"
            ]
            if mapped != [(f"${{{api}}}", f"${{{stage}}}") for stage in found]:
                yield f"{name} doesn't lead to the stage of {api}"
    for name, association in stack.of_type("AWS::WAFv2::WebACLAssociation").items():
        guarded = str(association.get("ResourceArn"))
        if association.get("WebACLArn") != "${Firewall.Arn}" or "/restapis/${RestApi}/stages/" not in guarded:
            yield f"{name} doesn't put the firewall before RestApi"


def socket(stack):
    """Frames that clients may send have a route, and the reverse; replies have a response; opening needs a token."""
    routes = {route.get("RouteKey"): route for route in stack.of_type("AWS::ApiGatewayV2::Route").values()}
    received = received_frames()
    for key in sorted(received.keys() - routes.keys()):
        yield f"{key} is received by infra/asyncapi.yaml but has no route"
    for key in sorted(routes.keys() - received.keys() - GATEWAY_ROUTES):
        yield f"{key} is a route but no operation of infra/asyncapi.yaml receives it"
    for key in sorted(GATEWAY_ROUTES - routes.keys()):
        yield f"{key} has no route"
    replying = GATEWAY_REPLIES | {key for key, replies in received.items() if replies}
    responses = {response.get("RouteId") for response in stack.of_type("AWS::ApiGatewayV2::RouteResponse").values()}
    for key, route in sorted(routes.items()):
        two_way = route.get("RouteResponseSelectionExpression") is not None
        answered = f"${{{route.name}}}" in responses
        if key in replying and not (two_way and answered):
            yield f"{key} replies to its sender but has no route response"
        if key not in replying and (two_way or answered):
            yield f"{key} has a route response but no operation of infra/asyncapi.yaml with a reply"
        guarded = route.get("AuthorizationType", default="NONE") == "CUSTOM" and route.get("AuthorizerId")
        if key == "$connect" and not guarded:
            yield "$connect has no authorizer: anyone could open a socket"


def invocations(stack):
    """Who may call which function: the gateway, through exactly the routes that lead to it, a rule of the stack that
    names it as its target, and nobody else.
    """
    scheduled = {
        (target["Arn"], f"${{{name}.Arn}}")
        for name, rule in stack.of_type("AWS::Events::Rule").items()
        for target in rule.get("Targets", default=[])
    }
    wanted = set(_wanted_invocations(stack))
    granted = set()
    for name, permission in stack.of_type("AWS::Lambda::Permission").items():
        leads = (permission.get("FunctionName"), permission.get("SourceArn"))
        if permission.get("Principal") == "events.amazonaws.com" and leads in scheduled:
            continue
        if permission.get("Principal") != "apigateway.amazonaws.com":
            yield f"{name} lets {permission.get('Principal')} invoke a function"
            continue
        if permission.get("Action") != "lambda:InvokeFunction":
            yield f"{name} allows {permission.get('Action')}"
        source = permission.get("SourceArn", default="any source").rpartition("${AWS::AccountId}:")[2]
        granted.add((permission.get("FunctionName"), source.replace(".ApiId}", "}")))
    for function, source in sorted(wanted - granted):
        yield f"no permission lets {source} invoke {function}"
    for function, source in sorted(granted - wanted):
        yield f"{source} may invoke {function}, but no route leads from one to the other"


def targets(stack):
    """What the gateway calls for any route or authorizer: ARNs of aliases of functions."""
    for _, _, operation in rest_operations(stack):
        yield integrated(operation["x-amazon-apigateway-integration"].get("uri"))
    for integration in stack.of_type("AWS::ApiGatewayV2::Integration").values():
        yield integrated(integration.get("IntegrationUri"))
    yield from authorizer_targets(stack)


def authorizer_targets(stack):
    for authorizer in stack.of_type("AWS::ApiGatewayV2::Authorizer").values():
        yield integrated(authorizer.get("AuthorizerUri"))


def rest_operations(stack):
    """Method, path and operation of every REST route but the preflights that SAM makes."""
    for api in stack.of_type("AWS::ApiGateway::RestApi").values():
        for path, item in api.get("Body", "paths", default={}).items():
            for method, operation in item.items():
                if method != "options":
                    yield method.upper(), path, operation


def received_frames():
    """Type of each frame that a client may send: whether it is replied to."""
    return {
        reference["$ref"].rpartition("/")[2]: "reply" in operation
        for operation in contract("asyncapi.yaml")["operations"].values()
        if operation["action"] == "receive"
        for reference in operation["messages"]
    }


def integrated(uri):
    """What an integration's URI invokes, or the URI itself if it has not the form of one."""
    match = INTEGRATION.match(str(uri))
    return match[1] if match else str(uri)


def _wanted_invocations(stack):
    for method, path, operation in rest_operations(stack):
        uri = operation["x-amazon-apigateway-integration"].get("uri")
        yield integrated(uri), f"${{RestApi}}/*/{method}{PATH_PARAMETER.sub('*', path)}"
    integrations = stack.of_type("AWS::ApiGatewayV2::Integration")
    for route in stack.of_type("AWS::ApiGatewayV2::Route").values():
        name = str(route.get("Target")).removeprefix("integrations/${").removesuffix("}")
        uri = integrations[name].get("IntegrationUri") if name in integrations else route.get("Target")
        yield integrated(uri), f"${{SocketApi}}/live/{route.get('RouteKey')}"
    for target in authorizer_targets(stack):
        # SAM writes this permission, and writes it for every authorizer of the API.
        yield target, "${SocketApi}/authorizers/*"
