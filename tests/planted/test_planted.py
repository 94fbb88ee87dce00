"""A few planted faults with every run; `python -m tests.planted` plants them all."""

from __future__ import annotations

import pytest

from tests.planted.fault import Fault
from tests.planted.faults import FAULTS, SAMPLE
from tests.planted.ground import ROOT, Ground


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("ground"))


@pytest.mark.process
@pytest.mark.parametrize("fault", [FAULTS[i] for i in SAMPLE], ids=lambda fault: fault.what)
def test_the_suite_notices(fault: Fault, ground: Ground) -> None:
    assert ground.notices(fault)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_the_fault_can_still_be_planted(fault: Fault) -> None:
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old) == 1
    assert (ROOT / fault.test.partition("::")[0]).exists()


def test_there_are_enough_faults_and_each_is_another() -> None:
    assert len(FAULTS) >= 25
    assert len({(fault.file, fault.old, fault.new) for fault in FAULTS}) == len(FAULTS)
