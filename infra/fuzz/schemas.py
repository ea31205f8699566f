"""Values by JSON schema: valid ones, ones that are wrong in one place, and anything at all."""

import datetime
import json
import random
import string
import uuid

ODD_STRINGS = [
    "", " ", "\x00", "\x7f", "\ud83d\ude00" * 3, "\u202etxt.exe", "\u200b", "e\u0301", "\ufeff", "null", "true", "-1",
    "1e999", "../../etc/passwd", "${jndi:ldap://x}", "'; DROP TABLE x; --", "a" * 4096, "\ud800",
    "00000000-0000-0000-0000-000000000000", "2026-02-30T25:61:61Z", "9999-12-31T23:59:59.999Z", "=" * 17,
]
ODD_NUMBERS = ["0", "-0", "-1", "1.5", "1e400", "-1e-400", "1e99999999999", "-1E+99999999999", "1e-99999999999",
               "9223372036854775808", "1" * 400, "0.1e1", "1" + "0" * 1100, "0." + "0" * 1100 + "1", "2147483648"]


class Raw:
    """JSON that Python can't hold: a number too large, a name that stands twice."""

    def __init__(self, text):
        self.text = text


def to_json(value):
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, Members):
        return "{" + ",".join(json.dumps(name) + ":" + to_json(member) for name, member in value.pairs) + "}"
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(name) + ":" + to_json(member) for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(to_json, value)) + "]"
    return json.dumps(value, ensure_ascii=not isinstance(value, str) or not value.isascii())


class Members:
    """An object whose names may stand twice."""

    def __init__(self, pairs):
        self.pairs = pairs


class Values:
    def __init__(self, document, seed, ids):
        self.document = document
        self.random = random.Random(seed)
        self.ids = ids

    def resolve(self, schema):
        while "$ref" in schema:
            node = self.document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                node = node[step.replace("~1", "/").replace("~0", "~")]
            schema = node
        return schema

    # ---- valid

    def valid(self, schema, name=""):
        schema = self.resolve(schema)
        for choice in ("oneOf", "anyOf"):
            if choice in schema:
                return self.valid(self.random.choice(schema[choice]), name)
        if "allOf" in schema:
            merged = {}
            for part in schema["allOf"]:
                merged.update(self.resolve(part))
            return self.valid(merged, name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        kind = schema.get("type", "any")
        if isinstance(kind, list):
            kind = self.random.choice(kind)
        return getattr(self, "valid_" + kind)(schema, name)

    def valid_any(self, schema, name):
        if "properties" in schema:
            return self.valid_object(schema, name)
        return self.anything(2)

    def valid_null(self, schema, name):
        return None

    def valid_boolean(self, schema, name):
        return self.random.random() < 0.5

    def valid_integer(self, schema, name):
        return self.random.randint(schema.get("minimum", 0), schema.get("maximum", 1000))

    valid_number = valid_integer

    def valid_string(self, schema, name):
        style = schema.get("format")
        if style == "uuid" or name.endswith("_id") or name == "message_ids":
            return self.identifier(name)
        if style == "date-time":
            offset = datetime.timedelta(seconds=self.random.uniform(-86_400, 60))
            now = datetime.datetime.now(datetime.timezone.utc) + offset
            return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        least = schema.get("minLength", 0)
        most = min(schema.get("maxLength", 40), least + self.random.choice([0, 1, 8, 40, 400]))
        letters = string.ascii_letters + string.digits + "+/=-_.: é😀"
        if "pattern" in schema:
            letters = string.ascii_letters + string.digits + "-_"
        return "".join(self.random.choice(letters) for _ in range(self.random.randint(least, max(least, most))))

    def identifier(self, name):
        if name.startswith("message") or name == "message_ids":
            now = int(datetime.datetime.now().timestamp() * 1000) + self.random.randint(-3_600_000, 60_000)
            return str(uuid.UUID(int=(now << 80) | (7 << 76) | (self.random.getrandbits(12) << 64) | (2 << 62)
                                 | self.random.getrandbits(62)))
        if self.ids and self.random.random() < 0.7:
            return self.random.choice(self.ids)
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def valid_array(self, schema, name):
        least = schema.get("minItems", 0)
        size = self.random.randint(least, min(schema.get("maxItems", 4), least + 4))
        return [self.valid(schema.get("items", {}), name) for _ in range(size)]

    def valid_object(self, schema, name):
        required = schema.get("required", [])
        made = {
            field: self.valid(kind, field)
            for field, kind in schema.get("properties", {}).items()
            if field in required or self.random.random() < 0.5
        }
        for number in range(len(made), schema.get("minProperties", 0)):
            made[f"more{number}"] = self.anything(1)
        if self.random.random() < 0.1:
            made[self.random.choice(["unknown", "user_id", "sender_id", "__proto__", ""])] = self.anything(1)
        return made

    # ---- wrong

    def anything(self, depth):
        kind = self.random.randrange(9 if depth > 0 else 6)
        if kind == 0:
            return None
        if kind == 1:
            return self.random.random() < 0.5
        if kind == 2:
            return self.random.randint(-(2**63), 2**63)
        if kind == 3:
            return Raw(self.random.choice(ODD_NUMBERS))
        if kind in (4, 5):
            return self.random.choice(ODD_STRINGS)
        if kind == 6:
            return [self.anything(depth - 1) for _ in range(self.random.randrange(4))]
        names = ["type", "payload", "message_id", "n", "", "a.b", "é", "$ref", "recipient_id"]
        return {self.random.choice(names): self.anything(depth - 1) for _ in range(self.random.randrange(4))}

    def nearly(self, value):
        """The same, but for one place somewhere in it."""
        if isinstance(value, dict) and value and self.random.random() < 0.85:
            name = self.random.choice(list(value))
            changed = dict(value)
            what = self.random.random()
            if what < 0.15:
                del changed[name]
            elif what < 0.25:
                pairs = list(changed.items())
                pairs.append((name, self.anything(1)))
                return Members(pairs)
            else:
                changed[name] = self.nearly(value[name])
            return changed
        if isinstance(value, list) and value and self.random.random() < 0.7:
            changed = list(value)
            index = self.random.randrange(len(changed))
            if self.random.random() < 0.2:
                return changed * self.random.choice([2, 101])
            changed[index] = self.nearly(changed[index])
            return changed
        if isinstance(value, str) and value and self.random.random() < 0.5:
            at = self.random.randrange(len(value))
            return value[:at] + self.random.choice(ODD_STRINGS) + value[at + self.random.randrange(2):]
        return self.anything(2)

    def garbage(self, text):
        """What is hardly JSON, made of what is."""
        what = self.random.randrange(6)
        at = self.random.randrange(len(text) + 1)
        if what == 0:
            return text[:at]
        if what == 1:
            return text[:at] + self.random.choice(["\x00", "}", "]", '"', ",", "\\", "\ufeff", "//", "NaN", "'"]) + text[at:]
        if what == 2:
            return "".join(self.random.choice(string.printable) for _ in range(self.random.randrange(200)))
        if what == 3:
            depth = self.random.choice([31, 33, 1000, 9000])
            return '{"type":"ping","payload":' + "[" * depth + "]" * depth + "}"
        if what == 4:
            return text + text
        return self.random.choice(["", " ", "null", "[]", "0", '"ping"', "{}", "{" * 500, '{"type":' + "[" * 50, "\ufffd"])
