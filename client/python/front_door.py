"""Asks an agent on Amazon Bedrock AgentCore Runtime through a front door. One file, to copy: it needs httpx, and botocore for signatures.

    door = FrontDoor("https://d111111abcdef8.cloudfront.net", auth=body_hash())
    for text in door.ask("Hello"):
        print(text, end="")

`auth` is a function that fetches a bearer token, a signer (`api_key`, `bearer`, `body_hash`, `sigv4`), or a list of them in their order. Every
failure is a FrontDoorError. A prompt is never sent twice by itself, except once after 401, with which the door has not called the agent.
"""

import base64
import hashlib
import json
import re
import time
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import httpx

SESSION_ID = re.compile(r"[A-Za-z0-9_-]{33,100}\Z")
AGENT = re.compile(r"[A-Za-z0-9][\w-]*\Z", re.ASCII)
ACCEPT = {"text": "text/event-stream; events=text", "events": "text/event-stream", "json": "application/json"}

# A token is replaced this long before it expires, seconds: a request takes time, and clocks differ.
EARLY_SECONDS = 30

# Types of gateway responses that mean the same as a code which another door has for it.
SAME = {
    "API_CONFIGURATION_ERROR": "INTERNAL",
    "AUTHORIZER_CONFIGURATION_ERROR": "AUTHORIZER_FAILURE",
    "BAD_REQUEST_BODY": "INVALID_BODY",
    "INTEGRATION_FAILURE": "UNAVAILABLE",
    "INTEGRATION_TIMEOUT": "AGENT_TIMEOUT",
    "MISSING_AUTHENTICATION_TOKEN": "ACCESS_DENIED",
    "REQUEST_TOO_LARGE": "BODY_TOO_LARGE",
    "RESOURCE_NOT_FOUND": "NOT_FOUND",
    "WAF_FILTERED": "REQUEST_BLOCKED",
}

# Seconds after which the same request can succeed, if an answer does not say it.
RETRY_AFTER = {
    "SESSION_BUSY": 1,
    "RATE_LIMITED": 60,
    "AGENT_THROTTLED": 5,
    "AGENT_UNAVAILABLE": 5,
    "SESSIONS_UNAVAILABLE": 5,
    "AGENT_START_FAILED": 5,
}

# What a status means if the answer has no code: code, what happened, remedy.
BY_STATUS = {
    401: ("UNAUTHORIZED", "The door accepts no such token.", "Sign in again, and send a valid token."),
    403: (
        "ACCESS_DENIED",
        "The door, or the service in front of it, refused the request.",
        "Check the token, key or signature, at the edge the hash of the body, and whether you may call.",
    ),
    404: ("NOT_FOUND", "This path does not exist.", "Check the URL of the door and the name of the agent."),
    413: ("BODY_TOO_LARGE", "The request body is too large.", "Shorten the prompt or the other fields."),
    429: ("THROTTLED", "Too many requests at once.", "Wait a few seconds, then ask again."),
    504: ("AGENT_TIMEOUT", "The answer did not come in time.", "Ask for less at once, or call a streaming door."),
}

# The client's own errors: what happened, remedy.
OWN = {
    "ANSWER_CUT": ("The answer broke off.", "Ask again; if it breaks off again, report the request id."),
    "ANSWER_TAKEN": ("The answer is being read already.", "Read it once: as text or as events."),
    "NETWORK": ("The door cannot be reached.", "Check the URL and the connection."),
    "NOT_A_DOOR": ("The answer is not one of a front door.", "Check the URL: it is the door's, without /invoke."),
    "QUESTION_RUNNING": (
        "The session is still answering a question.",
        "Wait for its answer, stop it, use another session, or ask with concurrent=True.",
    ),
    "TOKEN_UNAVAILABLE": ("The function in `auth` gave no token.", "Sign in, then ask again."),
    "CREDENTIALS_UNAVAILABLE": (
        "There are no AWS credentials to sign with.",
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; for SSO run `aws sso login` first.",
    ),
}


class FrontDoorError(Exception):
    """`status` is None within an answer; `retry_after` is in seconds; `remedy` is also the end of the message."""

    def __init__(self, code, what, remedy, status=None, request_id=None, retry_after=None):
        super().__init__(f"{what} {remedy}".strip())
        self.code = code
        self.remedy = remedy
        self.status = status
        self.request_id = request_id
        self.retry_after = retry_after


def _own(code, **details):
    return FrontDoorError(code, *OWN[code], **details)


def _invalid(option, value, remedy):
    return FrontDoorError("INVALID_QUESTION", f"`{option}` is {value!r}.", remedy)


# Signers: `sign(method, url, headers, body)` returns the headers to add; `renew()` says whether another try after 401 makes sense.


class Signer:
    def sign(self, method, url, headers, body):
        raise NotImplementedError

    def renew(self):
        return False


class api_key(Signer):
    """The key of a REST door."""

    def __init__(self, key):
        self.key = key

    def sign(self, method, url, headers, body):
        return {"x-api-key": self.key}


class body_hash(Signer):
    """The hash of the body, which the edge wants of every request that has one."""

    def sign(self, method, url, headers, body):
        return {} if body is None else {"x-amz-content-sha256": hashlib.sha256(body).hexdigest()}


class bearer(Signer):
    """A bearer token, or a function that fetches one; use the header X-Auth-Token at the edge and beside a signature."""

    def __init__(self, token, header="Authorization"):
        self.source = token if callable(token) else None
        self.token = None if callable(token) else token
        self.header = header
        self.expires = float("inf")

    def sign(self, method, url, headers, body):
        if self.source and (self.token is None or time.time() > self.expires - EARLY_SECONDS):
            self._fetch()
        prefix = "Bearer " if self.header == "Authorization" else ""
        return {self.header.lower(): prefix + self.token}

    def renew(self):
        if not self.source:
            return False
        refused = self.token
        self._fetch()
        return self.token != refused

    def _fetch(self):
        self.token = None
        try:
            token = self.source()
        except Exception as error:
            raise _own("TOKEN_UNAVAILABLE") from error
        if not isinstance(token, str) or not re.fullmatch(r"[\x21-\x7e]+", token):
            raise _own("TOKEN_UNAVAILABLE")
        self.token, self.expires = token, _expiry(token)


def _expiry(token):
    """`exp` of a JSON web token. The door verifies it: here it only saves a request."""
    try:
        payload = token.split(".")[1]
        return float(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"])
    except (ValueError, LookupError, TypeError):
        return float("inf")


class sigv4(Signer):
    """A signature: service `execute-api` for REST doors, `lambda` for streamingUrl. The last of several signers.

    Without credentials (botocore.credentials.Credentials) it takes those of the AWS CLI: environment, profile, SSO, role.
    """

    def __init__(self, service, region, credentials=None, profile=None):
        self.service, self.region, self.credentials, self.profile = service, region, credentials, profile

    def sign(self, method, url, headers, body):
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.exceptions import BotoCoreError
        from botocore.session import Session

        try:
            credentials = self.credentials or Session(profile=self.profile).get_credentials()
            if credentials is None:
                raise _own("CREDENTIALS_UNAVAILABLE")
            request = AWSRequest(method=method, url=url, headers=headers, data=body or b"")
            SigV4Auth(credentials, self.service, self.region).add_auth(request)
        except BotoCoreError as error:
            raise _own("CREDENTIALS_UNAVAILABLE") from error
        return {name.lower(): value for name, value in request.headers.items()}


# Errors


def _first(*values):
    return next((each for each in values if isinstance(each, str)), None)


def _described(body):
    """Code, message and request id of the body of an error: the catalogue's form, AWS's, a page of CloudFront, or plain text."""
    if body.lstrip().startswith("<"):
        found = re.search(r"Request ID:\s*([\w=-]+)", body, re.I)
        return ("REQUEST_BLOCKED" if re.search("Request blocked", body, re.I) else None), "", found and found[1]
    try:
        fields = json.loads(body)
    except ValueError:
        fields = None
    fields = fields if isinstance(fields, dict) else {}
    error = fields.get("error")
    error = error if isinstance(error, dict) else {}
    message = _first(error.get("message"), fields.get("message"), fields.get("Message"), body)
    return _first(error.get("code")), message, _first(error.get("request_id"))


def _texts(message, status=0):
    """What happened, and what to do: the first sentence, and the others. One text of API Gateway has the remedies of several statuses."""
    listed = re.search(rf"\bOn {status}, (.+?\.)(?= On |$)", message)
    split = re.match(r"(.+?[.!?]) (.+)\Z", message, re.S)
    what = split[1] if split else message
    if listed:
        return what, listed[1][0].upper() + listed[1][1:]
    return what, split[2] if split else None


def _seconds(value):
    if not value or not value.strip():
        return None
    if re.fullmatch(r"\s*\d+\s*", value):
        return int(value)
    try:
        return max(0, round(parsedate_to_datetime(value).timestamp() - time.time()))
    except ValueError:
        return None


def _request_id(headers):
    names = ("x-request-id", "x-amzn-requestid", "x-amz-apigw-id", "x-amz-cf-id")
    return next((headers[name] for name in names if name in headers), None)


def _refusal(status, headers, body):
    said, message, own_id = _described(body)
    usual = BY_STATUS.get(status) or (
        ("UNAVAILABLE", f"The door answered with status {status}.", "Ask again; if it fails again, report the request id.")
        if status >= 500
        else ("REQUEST_REFUSED", f"The door answered with status {status}.", "Correct the request.")
    )
    code = SAME.get(said, said)
    if code is None and re.search("signature", headers.get("x-amzn-errortype", "") + message, re.I):
        code = "INVALID_SIGNATURE"
    what, remedy = _texts(message, status)
    code = code or usual[0]
    wait = _seconds(headers.get("retry-after"))
    return FrontDoorError(
        code,
        what or usual[1],
        remedy or usual[2],
        status,
        # A web ACL answers with a fixed text in the place of the id.
        _request_id(headers) or (own_id if own_id and " " not in own_id else None),
        RETRY_AFTER.get(code) if wait is None else wait,
    )


def _failure(data, request_id):
    """An error within an answer: the door's own, or one of the agent, which has no id of a request."""
    code, message, own_id = _described(data)
    if own_id is None or not re.fullmatch("[A-Z][A-Z_0-9]+", code or ""):
        remedy = "Ask again; if it fails again, report the request id: the agent's own log has the cause."
        return FrontDoorError("AGENT_ERROR", "The agent failed while it answered.", remedy, None, request_id)
    what, remedy = _texts(message)
    return FrontDoorError(code, what, remedy or "", None, request_id or own_id, RETRY_AFTER.get(code))


# Fields of an object that is about an error and nothing else.
OF_AN_ERROR = re.compile(r"(?:error_(?:type|code)|details?|code|status(?:_code|Code)?|request_?[iI]d|timestamp)\Z")


def _is_failure(value):
    """Whether an agent's own JSON object reports a failure, in one of the shapes that mean it in every dialect."""
    if not isinstance(value, dict):
        return False
    kind, error, message = value.get("type"), value.get("error"), value.get("message")
    if kind == "RUN_ERROR" or (value.get("jsonrpc") == "2.0" and isinstance(error, dict)):
        return True
    if isinstance(value.get("__error__"), dict):
        return isinstance(value["__error__"].get("error"), str)
    if value.get("object") == "response" or kind == "multiagent_result":
        return value.get("status") == "failed"
    if isinstance(error, str) and "error_type" in value:
        return True
    says = error.strip() != "" if isinstance(error, str) else isinstance(error, dict) and isinstance(error.get("message"), str)
    if kind == "error" and (says or isinstance(message, str) or isinstance(value.get("errorText"), str)):
        return True
    others = [name for name in value if name not in ("error", "message") and not OF_AN_ERROR.match(name)]
    if says and not others:
        return True
    if value.get("status") != "error":
        return False
    if isinstance(value.get("toolUseId"), str):
        return isinstance(value.get("content"), list)
    return isinstance(message, str) and message.strip() != "" and all(name in ("data", "error") for name in others)


# Streams


class EventReader:
    """Reads the events of a stream, chunk by chunk: dictionaries of type, data and, once the stream has one, id."""

    def __init__(self):
        self.rest, self.started = b"", False
        self._clear()

    def _clear(self):
        self.type, self.data, self.id, self.seen = "", None, None, False

    def feed(self, chunk):
        self.rest += chunk
        if not self.started:
            if b"\xef\xbb\xbf".startswith(self.rest[:3]) and len(self.rest) < 3:
                return
            self.rest = self.rest.removeprefix(b"\xef\xbb\xbf")
            self.started = True
        # A CR at the end can be the first half of a CRLF.
        whole = self.rest[:-1] if self.rest.endswith(b"\r") else self.rest
        lines = re.split(rb"\r\n|\r|\n", whole)
        self.rest = lines.pop() + self.rest[len(whole) :]
        for line in lines:
            yield from self._line(line.decode("utf-8", "replace"))

    def end(self, request_id):
        """The event that a CR at the end completes. A door sends whole events only: anything else was cut off."""
        events = list(self.feed(b"\n")) if self.rest.endswith(b"\r") else []
        if self.seen or (self.rest and not self.rest.startswith(b":")):
            raise _own("ANSWER_CUT", request_id=request_id)
        return events

    def _line(self, line):
        if line == "":
            if self.data is not None:
                event = {"type": self.type, "data": "\n".join(self.data)}
                yield event if self.id is None else {**event, "id": self.id}
            self._clear()
            return
        field, _, value = line.partition(":")
        if field == "":
            return
        self.seen = True
        value = value.removeprefix(" ")
        if field == "data":
            self.data = [*(self.data or []), value]
        elif field == "event":
            self.type = value
        elif field == "id" and "\0" not in value:
            self.id = value


def _response_source(body):
    """The text of the member `response` of an object: a parser would round long numbers of other languages."""
    decoder = json.JSONDecoder()
    at = re.compile(r"\s*\{\s*").match(body).end()
    while body[at] == '"':
        name, at = decoder.raw_decode(body, at)
        at = re.compile(r"\s*:\s*").match(body, at).end()
        _, end = decoder.raw_decode(body, at)
        if name == "response":
            return body[at:end]
        at = re.compile(r"\s*,?\s*").match(body, end).end()
    return body


class Answer:
    """An answer. The question is sent when it is first read, and can be read once. A loop that stops early closes the stream."""

    def __init__(self, open_stream, hold, learn):
        self._open, self._hold, self._learn = open_stream, hold, learn
        self._taken = False
        self.session_id = None
        self.request_id = None

    def __iter__(self):
        """The agent's text, piece by piece."""
        return self._read("text")

    def text(self):
        return "".join(self)

    def events(self):
        """The events as the door sends them; the failure that the last one reports is raised after it."""
        return self._read("events")

    def _read(self, form):
        if self._taken:
            raise _own("ANSWER_TAKEN", request_id=self.request_id)
        self._taken = True
        with self._hold():
            response = self._open(form)
            try:
                self.request_id = _request_id(response.headers)
                self._session(response.headers.get("x-session-id"))
                yield from self._pieces(response, form)
            except httpx.HTTPError as error:
                raise _own("ANSWER_CUT", request_id=self.request_id) from error
            finally:
                response.close()

    def _session(self, session_id):
        if session_id:
            self.session_id = session_id
            self._learn(session_id)

    def _pieces(self, response, form):
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == "text/event-stream":
            yield from self._stream(response, form)
            return
        if kind == "text/html" and self.session_id is None:
            raise _own("NOT_A_DOOR", status=response.status_code, request_id=self.request_id)
        if kind == "application/json":
            body = response.read().decode("utf-8", "replace")
            try:
                fields = json.loads(body)
            except ValueError as error:
                raise _own("ANSWER_CUT", request_id=self.request_id) from error
            text = body
            if isinstance(fields, dict) and not {"response", "session_id"} <= fields.keys() and _is_failure(fields):
                if form == "events":
                    yield {"type": "", "data": body}
                raise _failure(body, self.request_id)
            if isinstance(fields, dict):
                self._session(_first(fields.get("session_id")))
                answer = fields.get("response")
                text = answer if isinstance(answer, str) else _response_source(body)
            pieces = [text]
        else:
            pieces = response.iter_text()
        for piece in pieces:
            yield piece if form == "text" else {"type": "", "data": piece}

    def _stream(self, response, form):
        reader, failed, done = EventReader(), None, False

        def all_events():
            for chunk in response.iter_bytes():
                yield from reader.feed(chunk)
            yield from reader.end(self.request_id)

        for event in all_events():
            done = done or event["data"] == "[DONE]" or event["type"] == "error"
            if event["type"] == "error":
                failed = failed or _failure(event["data"], self.request_id)
            if form == "events":
                yield event
            elif failed:
                raise failed
            elif event["data"] != "[DONE]":
                yield json.loads(event["data"]) if event["data"].startswith('"') else event["data"]
        if failed:
            raise failed
        # A door that sends only text says when that was all of it.
        if form == "text" and not done:
            raise _own("ANSWER_CUT", request_id=self.request_id)


class _Held:
    """Keeps a session busy while an answer is read."""

    def __init__(self, running, key, concurrent):
        self.running, self.key, self.concurrent = running, key, concurrent

    def __enter__(self):
        if self.key in self.running and not self.concurrent:
            raise _own("QUESTION_RUNNING")
        self.running.add(self.key)

    def __exit__(self, *_):
        self.running.discard(self.key)


class Conversation:
    """A conversation: the door gives it an id with its first answer, and each further question continues it."""

    def __init__(self, connection, session_id=None):
        if session_id is not None:
            _check_session(session_id)
        self._connection, self._given, self._ids = connection, session_id, {}

    def session_id(self, agent=None):
        return self._ids.get(agent, self._given)

    def ask(self, prompt, fields=None, agent=None, session_id=None, concurrent=False):
        """Asks a question. It is sent when the answer is first read, and never twice."""
        if not isinstance(prompt, str) or prompt == "":
            raise _invalid("prompt", prompt, "Use a text that is not empty.")
        for name in ("prompt", "session_id"):
            if name in (fields or {}):
                raise _invalid(f"fields[{name!r}]", fields[name], "Use the argument of this name.")
        path = _path_of(agent)
        if session_id is not None:
            _check_session(session_id)

        def open_stream(form):
            own = session_id or self.session_id(agent)
            body = {**(fields or {}), "prompt": prompt, **({"session_id": own} if own else {})}
            headers = {"content-type": "application/json", "accept": ACCEPT[form]}
            return self._connection.send("POST", f"{path}/invoke", headers, json.dumps(body).encode())

        def hold():
            key = (agent, session_id or self.session_id(agent) or id(self))
            return _Held(self._connection.running, key, concurrent)

        def learn(found):
            if session_id is None:
                self._ids[agent] = found

        return Answer(open_stream, hold, learn)

    def stop(self, agent=None, session_id=None):
        """Stops the session and what it is answering. False if there was none, or if it had ended."""
        own = session_id or self.session_id(agent)
        if own is None:
            return False
        try:
            self._connection.send("DELETE", f"{_path_of(agent)}/sessions/{quote(own, safe='')}", {}, None).close()
        except FrontDoorError as error:
            if error.code == "SESSION_NOT_FOUND":
                return False
            raise
        return True


class FrontDoor(Conversation):
    """A door. Its own questions are one conversation; `session()` starts another, or continues that of an id."""

    def __init__(self, url, auth=(), headers=None, client=None):
        super().__init__(_Connection(url, auth, headers or {}, client))

    def session(self, session_id=None):
        return Conversation(self._connection, session_id)


class _Connection:
    def __init__(self, url, auth, headers, client):
        try:
            parsed = httpx.URL(url)
        except (httpx.InvalidURL, TypeError):
            parsed = httpx.URL("")
        if parsed.scheme not in ("http", "https") or parsed.query or parsed.fragment:
            raise _invalid("url", url, "Use the door's URL, for example https://<id>.lambda-url.<region>.on.aws.")
        self.url = str(url).rstrip("/").removesuffix("/invoke")
        self.headers = {name.lower(): value for name, value in headers.items()}
        given = list(auth) if isinstance(auth, (list, tuple)) else [auth]
        self.signers = [each if isinstance(each, Signer) else bearer(each) for each in given]
        if not all(isinstance(each, Signer) or callable(each) for each in given):
            raise _invalid("auth", "***", "Use a function that fetches a token, or a signer such as api_key(key).")
        # An agent may think for long; the door has its own deadline. A redirect would take the prompt to another place.
        self.client = client or httpx.Client(timeout=httpx.Timeout(10, read=None), follow_redirects=False)
        self.running = set()

    def send(self, method, path, headers, body):
        """Sends a request once; after 401, if a signer has something new, once more."""
        response = self._attempt(method, path, headers, body)
        if response.is_success:
            return response
        error = _error_of(response)
        if response.status_code != 401 or not any(signer.renew() for signer in self.signers):
            raise error
        response = self._attempt(method, path, headers, body)
        if response.is_success:
            return response
        raise _error_of(response)

    def _attempt(self, method, path, headers, body):
        url = self.url + path
        headers = {**self.headers, **headers}
        for signer in self.signers:
            headers = {**headers, **signer.sign(method, url, headers, body)}
        try:
            return self.client.send(self.client.build_request(method, url, headers=headers, content=body), stream=True)
        except httpx.HTTPError as error:
            raise _own("NETWORK") from error


def _error_of(response):
    try:
        if response.status_code < 400:
            return _own("NOT_A_DOOR", status=response.status_code)
        body = response.read().decode("utf-8", "replace")
    except httpx.HTTPError:
        body = ""
    finally:
        response.close()
    return _refusal(response.status_code, response.headers, body)


def _check_session(session_id):
    if not isinstance(session_id, str) or not SESSION_ID.match(session_id):
        remedy = "Use the id of an earlier answer: 33 to 100 characters of A-Z a-z 0-9 _ -."
        raise _invalid("session_id", session_id, remedy)


def _path_of(agent):
    if agent is None:
        return ""
    if not isinstance(agent, str) or not AGENT.match(agent):
        raise _invalid("agent", agent, "Use a name of `agents` in the stack config.")
    return f"/agents/{agent}"
