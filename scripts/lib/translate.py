"""translate.py <folder> <template>...: writes each SAM template as the CloudFormation template that AWS makes of it."""

import json
import pathlib
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    def load(self):
        return {}


folder = pathlib.Path(sys.argv[1])
for name in sys.argv[2:]:
    template = pathlib.Path(name)
    translated = transform(yaml_parse(template.read_text()), {}, NoManagedPolicies())
    (folder / template.with_suffix(".json").name).write_text(json.dumps(translated, indent=2) + "\n")
