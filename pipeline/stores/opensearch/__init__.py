"""The passages of all documents on an OpenSearch server: BM25 and k-NN by its own indices, behind an alias."""

from pipeline.stores.opensearch.address import Address
from pipeline.stores.opensearch.chunks import OpenSearchChunks
from pipeline.stores.opensearch.client import connect
from pipeline.stores.opensearch.index import Index


def open_chunks(url: str) -> OpenSearchChunks:
    """The search index at a place; made there if there is none yet.

    Args:
        url: `opensearch://[USER:PASSWORD@]HOST[:PORT]/PREFIX`, with TLS `opensearchs://`; see `Address`.

    Raises:
        WrongUsage: the URL is not of that form.
        ServiceDown, ServiceRefused: the server does not answer, or not to us.
    """
    address = Address.of(url)
    index = Index(connect(address), address)
    index.make()
    return OpenSearchChunks(index)


__all__ = ["Address", "OpenSearchChunks", "open_chunks"]
