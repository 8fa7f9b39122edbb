"""The manifest for a cluster of Ray on Kubernetes: what it must have to be safe and to work, as far as that can be seen without one."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from pipeline.cli import main

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "deploy" / "kuberay" / "rayjob.yaml"


@pytest.fixture(scope="module")
def parts() -> dict[str, dict[str, Any]]:
    """The manifest's objects by kind."""
    return {part["kind"]: part for part in yaml.safe_load_all(MANIFEST.read_text())}


@pytest.fixture(scope="module")
def cluster(parts: dict[str, Any]) -> dict[str, Any]:
    return dict(parts["RayJob"]["spec"]["rayClusterSpec"])


@pytest.fixture(scope="module")
def pods(parts: dict[str, Any], cluster: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The templates of every pod that comes of it."""
    groups = [("head", cluster["headGroupSpec"]), *((g["groupName"], g) for g in cluster["workerGroupSpecs"])]
    submitter = {"submitter": parts["RayJob"]["spec"]["submitterPodTemplate"]}
    return submitter | {name: group["template"] for name, group in groups}


def test_the_objects_are_of_stable_apis(parts: dict[str, Any]) -> None:
    versions = {kind: part["apiVersion"] for kind, part in parts.items()}
    assert versions == {"ServiceAccount": "v1", "NetworkPolicy": "networking.k8s.io/v1", "RayJob": "ray.io/v1"}


def test_the_command_is_one_that_this_version_takes(parts: dict[str, Any]) -> None:
    name, *arguments = shlex.split(parts["RayJob"]["spec"]["entrypoint"])
    assert name == "clauseline"
    with main.make_context(name, arguments) as context:
        command, run, rest = main.resolve_command(context, context._protected_args + context.args)
        assert run is not None
        with run.make_context(command, rest, parent=context) as parsed:
            assert isinstance(parsed, click.Context)
            assert (parsed.params["executor"], parsed.params["ray_address"]) == ("ray", "auto")


def test_ray_is_of_the_locked_version_everywhere(cluster: dict[str, Any]) -> None:
    locked = re.search(r"^ray==([\d.]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert locked and cluster["rayVersion"] == locked[1]
    assert f"FROM rayproject/ray:{locked[1]}-py311" in (ROOT / "deploy" / "kuberay" / "Dockerfile").read_text()


def test_the_cluster_grows_and_shrinks_and_goes(parts: dict[str, Any], cluster: dict[str, Any]) -> None:
    assert cluster["enableInTreeAutoscaling"] is True
    for group in cluster["workerGroupSpecs"]:
        assert 0 <= group["minReplicas"] <= group["replicas"] <= group["maxReplicas"]
    workers = int(re.search(r"--workers (\d+)", parts["RayJob"]["spec"]["entrypoint"])[1])  # type: ignore[index]
    assert workers == sum(g["maxReplicas"] * int(g["rayStartParams"]["num-cpus"]) for g in cluster["workerGroupSpecs"])
    assert parts["RayJob"]["spec"]["shutdownAfterJobFinishes"] is True


def test_ray_is_told_the_cpus_that_a_pod_has(cluster: dict[str, Any]) -> None:
    assert cluster["headGroupSpec"]["rayStartParams"]["num-cpus"] == "0"  # no document is read beside the run
    for group in cluster["workerGroupSpecs"]:
        (container,) = group["template"]["spec"]["containers"]
        assert group["rayStartParams"]["num-cpus"] == container["resources"]["limits"]["cpu"]
        gigabytes = int(container["resources"]["limits"]["memory"].removesuffix("Gi"))
        assert gigabytes >= 2 * int(container["resources"]["limits"]["cpu"])  # a document may hold one


@pytest.mark.parametrize("name", ["submitter", "head", "readers"])
def test_no_pod_is_root_or_unbounded_or_open(parts: dict[str, Any], pods: dict[str, dict[str, Any]], name: str) -> None:
    pod = pods[name]
    assert pod["spec"]["securityContext"]["runAsNonRoot"] is True and pod["spec"]["securityContext"]["runAsUser"] > 0
    assert pod["spec"]["serviceAccountName"] == parts["ServiceAccount"]["metadata"]["name"]
    for container in pod["spec"]["containers"]:
        assert container["securityContext"] == {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
        assert container["resources"]["requests"] == container["resources"]["limits"]
    closed = parts["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"]
    assert closed.items() <= pod["metadata"]["labels"].items()


def test_access_to_s3_is_by_a_role_and_no_secret_is_in_the_manifest(parts: dict[str, Any]) -> None:
    assert "eks.amazonaws.com/role-arn" in parts["ServiceAccount"]["metadata"]["annotations"]
    assert not re.search(r"AKIA|aws_secret|api_key:|password:", MANIFEST.read_text(), re.IGNORECASE)
