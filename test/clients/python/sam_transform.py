"""Prints the resources that SAM makes of each template on stdin: a JSON list of templates, and of where their code is."""

import json
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class ManagedPolicies:
    def load(self):
        return {}


def resources(text, code):
    template = yaml_parse(text)
    for resource in template['Resources'].values():
        if resource['Type'] == 'AWS::Serverless::Function':
            resource['Properties']['CodeUri'] = code
    return transform(template, {}, ManagedPolicies())['Resources']


print(json.dumps([resources(each['text'], each['code']) for each in json.load(sys.stdin)]))
