"""Keeps the connections of a Python handler from AWS: boto3 calls the sandbox by AWS_ENDPOINT_URL."""

import re
import socket

OF_AWS = re.compile(r"(?:^|\.)(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws|on\.aws)\.?$", re.I)
find_addresses = socket.getaddrinfo
connect = socket.socket.connect


class SandboxRefusal(RuntimeError):
    """No OSError: urllib3 and botocore would hide its message, and try again."""


def refuse_aws(host):
    name = host.decode("latin-1") if isinstance(host, (bytes, bytearray)) else host
    if isinstance(name, str) and OF_AWS.search(name):
        raise SandboxRefusal(
            f"The sandbox lets no call of a function reach AWS, and refused a connection to {name}. "
            "→ Give the client no endpoint of its own: AWS_ENDPOINT_URL in the environment names the sandbox."
        )


def addresses_inside(host, *rest, **named):
    refuse_aws(host)
    return find_addresses(host, *rest, **named)


def connect_inside(self, address):
    refuse_aws(address[0] if isinstance(address, tuple) else None)
    return connect(self, address)


def keep_from_aws():
    socket.getaddrinfo = addresses_inside
    socket.socket.connect = connect_inside
