"""The Python runtime of the sandbox: asks the Runtime API for events and runs the handler for each."""

import http.client
import importlib
import json
import logging
import os
import re
import sys
import time
import traceback

from aws_guard import keep_from_aws

API = "/2018-06-01/runtime/"
JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
NO_BOTO3 = (
    f"The sandbox found no boto3 in {sys.executable}, and Lambda's Python has it. "
    "→ Run 'lambdactl sandbox install-sdk python' once."
)
# The sandbox's clock, for the time of lines: its time, this machine's time then, both in ms, and its speed.
CLOCK = [float(part) for part in os.environ.pop("_LAMBDACTL_CLOCK").split()]
# The sandbox's own address; a wrapper may have put a proxy before it. Handlers don't see it, as in Lambda.
IS_DIRECT = os.environ.pop("_LAMBDACTL_API") == os.environ["AWS_LAMBDA_RUNTIME_API"]
AUTHORIZATION = {"Authorization": os.environ["AWS_SESSION_TOKEN"]} if IS_DIRECT else {}
connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
request_id = None


class RuntimeFailure(Exception):
    """An error of the runtime itself, with Lambda's name for it."""

    def __init__(self, error_type, message):
        super().__init__(message)
        self.error_type = error_type


class Identity:
    def __init__(self):
        self.cognito_identity_id = None
        self.cognito_identity_pool_id = None


class ClientContext:
    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        self.client = values.get("client")


class Context:
    def __init__(self, headers):
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        client_context = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = None
        if client_context:
            self.client_context = ClientContext(json.loads(client_context.encode("latin-1")))

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


def moved(seconds):
    """Returns the sandbox's time for one of this machine, both in seconds since the epoch."""
    if not CLOCK:
        return seconds
    time_then, real_then, speed = CLOCK
    return (time_then + (seconds * 1000 - real_then) * speed) / 1000


def move_time(record):
    """Gives a record of a log the sandbox's time."""
    if CLOCK:
        record.created = moved(record.created)
        record.msecs = record.created * 1000 % 1000
    return True


class TextFormatter(logging.Formatter):
    converter = time.gmtime

    def format(self, record):
        record.aws_request_id = request_id or ""
        return super().format(record).replace("\n", "\r")


class JsonFormatter(logging.Formatter):
    # The fields that each record has. Lambda writes all others, which come from `extra`.
    usual = {*vars(logging.makeLogRecord({})), "message", "asctime", "aws_request_id"}

    def format(self, record):
        line = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[0]:
            line["stackTrace"] = traceback.format_tb(record.exc_info[2])
            line["errorType"] = record.exc_info[0].__name__
            line["errorMessage"] = str(record.exc_info[1])
        if request_id:
            line["requestId"] = request_id
        if record.exc_info:
            line["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
        for name, value in vars(record).items():
            if name not in self.usual and name not in line and value is not None:
                line[name] = value
        # As in Lambda, a value that JSON can't hold loses the line, and logging tells that on stderr.
        return json.dumps(line, ensure_ascii=False)


def set_up_logging():
    handler = logging.StreamHandler(sys.stdout)
    if JSON_LOGS:
        handler.setFormatter(JsonFormatter())
        level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "INFO")
        logging.root.setLevel({"TRACE": "DEBUG", "FATAL": "CRITICAL"}.get(level, level))
    else:
        text = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
        handler.setFormatter(TextFormatter(text, "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(move_time)
    logging.root.addHandler(handler)


def call(method, path, body=None, headers=None):
    """Calls the Runtime API. If the API is gone, the process has no more work."""
    was_open = connection.sock is not None
    try:
        return exchange(method, path, body, headers)
    except (OSError, http.client.HTTPException) as error:
        # A layer's proxy may have closed the connection while it was idle.
        if was_open and isinstance(error, ConnectionError):
            connection.close()
            return call(method, path, body, headers)
        os._exit(1)


def exchange(method, path, body, headers):
    connection.request(method, API + path, body, {**AUTHORIZATION, **(headers or {})})
    response = connection.getresponse()
    return response.headers, response.read()


def next_event():
    return call("GET", "invocation/next")


def answer(path, body, headers=None):
    """Answers an event. Returns the next one, which the sandbox itself gives at once."""
    if IS_DIRECT:
        return call("POST", path, body, {**(headers or {}), "Lambdactl-Runtime-Next": "true"})
    call("POST", path, body, headers)
    return next_event()


def describe(error):
    error_type = getattr(error, "error_type", None) or type(error).__name__
    return {
        "errorMessage": str(error),
        "errorType": error_type,
        "requestId": request_id or "",
        "stackTrace": traceback.format_tb(error.__traceback__)[1:],
    }


def indented(text):
    """Lambda indents with no-break spaces."""
    return re.sub(r"^ +", lambda spaces: "\u00a0" * len(spaces.group()), text, flags=re.M)


def log_error(described):
    if JSON_LOGS:
        line = {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moved(time.time()))), "log_level": "ERROR", **described}
        print(json.dumps(line), flush=True)
        return
    text = "[ERROR] {}: {}".format(described["errorType"], described["errorMessage"])
    if described["stackTrace"]:
        text += "\nTraceback (most recent call last):\n" + indented("".join(described["stackTrace"]))
    print(text.rstrip("\n").replace("\n", "\r"), flush=True)


def report(error):
    """Logs an error. Returns the body and the headers of the request that tells it."""
    described = describe(error)
    log_error(described)
    flush()
    # A header accepts no other characters; the body has the unchanged type.
    header = described["errorType"].encode("ascii", "replace").decode()
    return json.dumps(described), {"Lambda-Runtime-Function-Error-Type": header}


def flush():
    """Writes all output of the handler before its answer. The handler may have closed a stream."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.closed:
            stream.flush()


def load_handler(text):
    try:
        module_name, name = text.rsplit(".", 1)
    except ValueError as error:
        raise RuntimeFailure("Runtime.MalformedHandlerName", f"Bad handler '{text}': {error}") from None
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        if error.name in ("boto3", "botocore"):
            print(NO_BOTO3, flush=True)
        message = f"Unable to import module '{module_name}': {error}"
        raise RuntimeFailure("Runtime.ImportModuleError", message) from None
    except SyntaxError as error:
        message = f"Syntax error in module '{module_name}': {error}"
        raise RuntimeFailure("Runtime.UserCodeSyntaxError", message) from None
    if not hasattr(module, name):
        raise RuntimeFailure("Runtime.HandlerNotFound", f"Handler '{name}' missing on module '{module_name}'")
    return getattr(module, name)


def serialise(result):
    try:
        return json.dumps(result, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise RuntimeFailure("Runtime.MarshalError", f"Unable to marshal response: {error}") from None


def run(handler, headers, body):
    """Runs the handler for an event. Returns the next event."""
    global request_id
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    os.environ["_X_AMZN_TRACE_ID"] = headers["Lambda-Runtime-Trace-Id"]
    try:
        result = serialise(handler(json.loads(body), Context(headers)))
    except Exception as error:
        return answer(f"invocation/{request_id}/error", *report(error))
    flush()
    return answer(f"invocation/{request_id}/response", result)


def main():
    # Replaces the bootstrap's own folder: a function's module may have the same name as a file there.
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    set_up_logging()
    keep_from_aws()
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        call("POST", "init/error", *report(error))
        sys.exit(1)
    event = next_event()
    while True:
        event = run(handler, *event)


main()
