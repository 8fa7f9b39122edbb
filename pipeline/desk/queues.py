"""Open a queue by its URL; the clients are imported here, not before."""

from pipeline.desk.queue import Queue
from pipeline.errors import WrongUsage
from pipeline.settings import Settings, without_password


def open_queue(url: str, settings: Settings | None = None, *, prefetch: int = 10) -> Queue:
    """The queue at a URL.

    Args:
        url: `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME` or `sqs://NAME`; `amqp://USER@HOST/VHOST?queue=NAME`, or `amqps://`.
        settings: its dead letters, time-out and scheduler; from the environment if not given.
        prefetch: messages that a broker may give us before any is settled.

    Raises:
        WrongUsage: the URL is of another kind.
        ServiceDown, ServiceRefused: there is no such queue, or it can't be reached.
    """
    settings, scheme = settings or Settings(), url.partition("://")[0]
    if scheme in ("amqp", "amqps"):
        from pipeline.desk.amqp import AmqpQueue

        return AmqpQueue(url, dead_letters=settings.dead_letters, prefetch=prefetch)
    if scheme in ("http", "https", "sqs"):
        from pipeline.desk.sqs import open_sqs

        return open_sqs(url, settings)
    raise WrongUsage(
        f"no queue at {without_password(url)}; give the URL of an SQS queue, sqs://NAME, or amqp://USER@HOST/VHOST?queue=NAME"
    )
