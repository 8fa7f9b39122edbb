"""Clients of AWS services: one place that knows how they retry, where their endpoint is, and what their errors mean."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

from pipeline.errors import ServiceDown, ServiceRefused

ATTEMPTS = 8
"""Tries of one call, with the backoff of botocore's "standard" mode: throttling, 5xx answers, dropped connections."""


@lru_cache(maxsize=64)
def aws_client(service: str, region: str | None = None, connections: int = 32) -> Any:
    """A client of an AWS service, safe for many threads; the same for the same arguments.

    Credentials, region and endpoint come from where AWS tools look for them (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL,
    AWS_ENDPOINT_URL_S3, the role of the machine ...).

    Args:
        service: as boto3 names it, such as "sqs".
        region: where the configuration names none, or another one is wanted.
        connections: kept open at once.

    Raises:
        ServiceRefused: boto3 is not installed, or there is no region.
    """
    try:
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError:
        raise ServiceRefused("AWS services need boto3; install it with: pip install 'clauseline[aws]'") from None
    options = Config(
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        connect_timeout=10,
        read_timeout=60,
        max_pool_connections=connections,
    )
    with told(service):
        try:
            return _session().client(service, region_name=region, config=options)
        except (BotoCoreError, ValueError) as error:
            raise ServiceRefused(f"{service}: {_line(error)}; set AWS_REGION and the credentials") from None


def load_service(service: str) -> None:
    """Have a client of a service made sooner later on, also in processes forked from this one; nothing is opened or asked.

    Args:
        service: as boto3 names it.
    """
    with suppress(ServiceRefused, ImportError), told(service):
        _session(aws_access_key_id="none", aws_secret_access_key="none").client(service, region_name="us-east-1")  # noqa: S106


def _session(**keys: str) -> Any:
    """A session of boto3 that knows what others have read of botocore's data: a tenth of a second of each client."""
    import boto3
    from botocore.session import get_session

    core = get_session()
    core.register_component("data_loader", _loader(core.get_config_variable("data_path")))
    return boto3.session.Session(botocore_session=core, **keys)


@lru_cache(maxsize=1)
def _loader(folders: str | None) -> Any:
    """What reads botocore's descriptions of services, and keeps them."""
    from botocore.loaders import create_loader

    return create_loader(folders)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turn what botocore raises into one line: `ServiceDown` where waiting may help, else `ServiceRefused`.

    Args:
        what: the place that was asked, as a user knows it; the message begins with it.

    Raises:
        ServiceDown: no connection, a time-out, throttling, a 5xx answer, one that broke off or that nobody can read (a
            proxy's, say); botocore has tried again already.
        ServiceRefused: no credentials, no permission, no such bucket, queue or table, a wrong request.
    """
    try:
        import botocore.exceptions as boto
        from botocore.parsers import ResponseParserError
    except ImportError:
        yield
        return
    try:
        yield
    except boto.ClientError as error:
        said = error.response.get("Error", {})
        code, status = str(said.get("Code", "")), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        kind = ServiceDown if status >= 500 or status == 429 or code in THROTTLED else ServiceRefused
        raise kind(f"{what}: {code}: {_line(said.get('Message') or error)}") from error
    except (boto.NoCredentialsError, boto.PartialCredentialsError, boto.ProfileNotFound) as error:
        raise ServiceRefused(f"{what}: {_line(error)}; configure credentials as for any AWS tool") from None
    except (
        boto.HTTPClientError, boto.ConnectionError, boto.IncompleteReadError, boto.ChecksumError, boto.FlexibleChecksumError,
        boto.CredentialRetrievalError, boto.MetadataRetrievalError,
    ) as error:  # fmt: skip
        raise ServiceDown(f"{what}: {_line(error)}") from error
    except ResponseParserError as error:  # it quotes what came, which may be long
        raise ServiceDown(f"{what}: the answer can't be read: {_line(error)[:200]}") from error
    except boto.BotoCoreError as error:
        raise ServiceRefused(f"{what}: {_line(error)}") from error


THROTTLED = frozenset(
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "ProvisionedThroughputExceeded",
        "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException",
        "SlowDown", "PriorRequestNotComplete", "InternalError", "InternalServerError", "InternalFailure",
        "ServiceUnavailable", "RequestTimeout", "RequestTimeoutException",
    }
)  # fmt: skip
"""Error codes after which the same call may go through later."""


def _line(said: object) -> str:
    return " ".join(str(said).split())
