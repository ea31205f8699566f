"""Values of a template's parameters, as sam takes them on its command line."""
import re
import shlex

LONG = re.compile(r"ParameterKey=([^,]+),ParameterValue=(.*)", re.DOTALL)


def parsed(text):
    """The values by their names, of NAME=VALUE NAME="VALUE" ParameterKey=NAME,ParameterValue=VALUE; the later of two."""
    values = {}
    for word in shlex.split(text):
        if long := LONG.fullmatch(word):
            values[long[1]] = long[2]
        elif "=" in word and not word.startswith("-"):
            name, value = word.split("=", 1)
            values[name] = value
    return values
