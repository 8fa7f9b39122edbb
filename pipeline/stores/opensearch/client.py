"""The way to an OpenSearch server: how requests are authenticated and tried again, and what its errors mean."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pipeline.errors import ServiceDown, ServiceRefused
from pipeline.stores.opensearch.address import Address

ATTEMPTS = 5
"""Tries of one request, and of what a bulk request did not take."""

BULK_BYTES = 10_000_000
"""Largest bulk request; what Amazon's smallest machines take."""

_BUSY = (429, 502, 503, 504)


def connect(address: Address) -> Any:
    """A client, safe for many threads; nothing is asked yet.

    Raises:
        ServiceRefused: opensearch-py is not installed, or there are no AWS credentials or region.
    """
    try:
        from opensearchpy import OpenSearch, Urllib3HttpConnection
    except ImportError:
        raise ServiceRefused(
            "a search index on OpenSearch needs opensearch-py; install it with: pip install 'clauseline[opensearch]'"
        ) from None
    # it would log each failed try with its trace, and at debug level what is sent: words of documents
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    plain = (address.user, address.password or "") if address.user else None
    return OpenSearch(
        [{"host": address.host, "port": address.port}],
        http_auth=_signer(address) if address.aws else plain,
        use_ssl=address.tls,
        verify_certs=address.tls,
        ca_certs=address.certificates,
        connection_class=Urllib3HttpConnection,
        http_compress=not address.near,
        pool_maxsize=16,
        timeout=address.timeout,
        max_retries=ATTEMPTS,
        retry_on_timeout=True,
        retry_on_status=_BUSY,
    )


def _signer(address: Address) -> Any:
    """Signs requests (SigV4) with whatever credentials AWS tools would use; they are renewed as they expire."""
    try:
        import boto3
        from opensearchpy import Urllib3AWSV4SignerAuth
    except ImportError:
        raise ServiceRefused(
            "signing requests for AWS needs boto3; install it with: pip install 'clauseline[aws,opensearch]'"
        ) from None
    session = boto3.session.Session()
    credentials, region = session.get_credentials(), address.region or session.region_name
    if credentials is None or region is None:
        lacking = "credentials" if credentials is None else "region"
        raise ServiceRefused(
            f"{address}: no AWS {lacking}; configure them as for any AWS tool (AWS_PROFILE, AWS_REGION)"
        )
    return Urllib3AWSV4SignerAuth(credentials, region, address.aws or "es")


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Turn what the client raises into one line.

    Raises:
        ServiceDown: no connection, a time-out, too much to do, a 5xx answer; the client has tried again already.
        ServiceRefused: no permission, a wrong certificate, a request that the server does not take.
    """
    from opensearchpy import exceptions as said

    try:
        yield
    except said.SSLError as error:
        raise ServiceRefused(f"{address}: its certificate is not trusted ({_line(error.error)}); name the authority's "
                             "file with ?certificates=FILE") from None  # fmt: skip
    except said.ConnectionError as error:
        raise ServiceDown(f"{address} does not answer: {_line(error.error)}; check that it runs (CLAUSELINE_SEARCH_INDEX)") from None  # fmt: skip
    except said.TransportError as error:
        code = error.status_code
        if code in (401, 403):
            why = "check user and password, or the role's permissions" if code == 401 else _reason(error.info)
            raise ServiceRefused(f"{address} does not let us in ({code}): {why}") from None
        kind = ServiceDown if code in _BUSY or (isinstance(code, int) and code >= 500) else ServiceRefused
        raise kind(f"{address} reports {code}: {_reason(error.info)}") from None
    except said.SerializationError:
        raise ServiceRefused(f"{address} does not speak OpenSearch; check the address") from None


def send(client: Any, actions: Iterable[Mapping[str, Any]], missing: bool = False) -> None:
    """Carry out bulk actions in order, those that a busy server did not take again with backoff.

    Args:
        actions: as opensearch-py's helpers take them.
        missing: whether it is all right if what is to be changed or deleted is gone.

    Raises:
        ServiceDown, ServiceRefused: some were not carried out; the same again does no harm.
    """
    from opensearchpy import helpers

    for taken, answer in helpers.streaming_bulk(
        client, actions, max_chunk_bytes=BULK_BYTES, max_retries=ATTEMPTS, initial_backoff=1, max_backoff=30,
        raise_on_error=False,
    ):  # fmt: skip
        if taken:
            continue
        ((kind, said),) = answer.items()
        status = said.get("status", 0)
        if (status == 404 and (missing or kind == "delete")) or (status == 409 and kind == "create"):
            continue
        reason = _reason(said)
        raise (ServiceDown if status in _BUSY or status >= 500 else ServiceRefused)(
            f"OpenSearch did not {kind}: {reason}"
        )


def _reason(info: Any) -> str:
    """The reason in an answer, in one line; never what was sent."""
    error = info.get("error", info) if isinstance(info, Mapping) else info
    if isinstance(error, Mapping):
        root = error.get("root_cause") or [error]
        error = root[0].get("reason") or root[0].get("type") or "no reason given"
    return _line(error)[:300]


def _line(said: object) -> str:
    return " ".join(str(said).split())
