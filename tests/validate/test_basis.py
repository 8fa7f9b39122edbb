"""A report says which laws it applied and which of the place it did not."""


def test_the_laws_applied_are_named_from_the_widest_to_the_narrowest(ohio):
    names = [law.rpartition(" (")[0] for law in ohio.report().basis]
    assert names == ["General rules for leases", "United States (federal)", "Ohio", "Columbus, Ohio"]


def test_a_commercial_lease_names_the_residential_laws_that_were_left_out(commercial):
    report = commercial.report()
    assert [law.rpartition(" (")[0] for law in report.basis] == ["General rules for leases"]
    left_out = [law.partition(" (")[0] for law in report.not_applied]
    assert left_out == ["United States", "Ohio", "Cleveland, Ohio"]
    assert all(law.endswith("residential only") for law in report.not_applied)


def test_a_residential_lease_leaves_nothing_out(ohio):
    assert ohio.report().not_applied == []


def test_the_numbers_are_those_of_the_requirements_looked_up(ohio):
    report = ohio.report()
    counted = sum(int(law.rpartition("(")[2].rstrip(")")) for law in report.basis)
    assert counted >= len(report.requirements)
