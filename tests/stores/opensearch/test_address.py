"""Where an index is: what a URL says, and what it may not say."""

import pytest

from pipeline.errors import WrongUsage
from pipeline.stores.opensearch import Address


def test_a_url_says_it_all() -> None:
    said = Address.of("opensearchs://ada:p%40ss@search.example:9201/leases?shards=3&certificates=/etc/ca.pem&timeout=5")
    assert (said.host, said.port, said.tls, said.prefix) == ("search.example", 9201, True, "leases")
    assert (said.user, said.password, said.shards, said.timeout) == ("ada", "p@ss", 3, 5.0)
    assert said.certificates == "/etc/ca.pem" and said.aws is None


def test_what_it_leaves_out_is_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENSEARCH_USER", raising=False)
    monkeypatch.delenv("OPENSEARCH_PASSWORD", raising=False)
    assert Address.of("opensearch://localhost") == Address("localhost", 9200, False, "clauseline")
    assert Address.of("opensearchs://x.eu-west-1.es.amazonaws.com/leases?aws=es").port == 443


def test_user_and_password_may_come_from_the_environment_and_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENSEARCH_USER", "ada")
    monkeypatch.setenv("OPENSEARCH_PASSWORD", "hunter2")
    said = Address.of("opensearch://localhost/leases")
    assert (said.user, said.password) == ("ada", "hunter2")
    assert "hunter2" not in f"{said!r} {said}" and str(said) == "opensearch://localhost:9200/leases"


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("http://localhost:9200/x", "opensearch://HOST:PORT/PREFIX"),
        ("opensearch:///leases", "opensearch://HOST:PORT/PREFIX"),
        ("opensearch://ada:hunter2@localhost:many/leases", "port"),
        ("opensearch://ada:hunter2@localhost/Leases", "small letters"),
        ("opensearch://localhost/leases?aws=s3", "es or aoss"),
        ("opensearch://localhost/leases?verify=no", "no such parameter: verify"),
        ("opensearch://localhost/leases?shards=none", "shards is a number"),
    ],
)
def test_a_wrong_one_is_refused_with_advice(url: str, advice: str) -> None:
    with pytest.raises(WrongUsage, match=advice) as told:
        Address.of(url)
    assert "hunter2" not in str(told.value) and "\n" not in str(told.value)
