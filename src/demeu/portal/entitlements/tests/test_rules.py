"""State services: covered only where a source states the condition."""

from demeu.portal.entitlements.queries import services
from demeu.portal.entitlements.rules import Cover, entitlements, grounds


def covers(need: str, *attributes: str, category: int | None = 2) -> dict[int, Cover]:
    found = entitlements(services(), [need], attributes, category)
    return {entitlement.service.number: entitlement.cover for entitlement in found}


def test_all_eleven_services_are_listed_once_in_three_languages() -> None:
    assert [found.number for found in services()] == list(range(1, 12))
    assert all(len(set(found.names.values())) == 3 for found in services())


def test_home_schooling_of_a_child_with_disability_is_covered_by_service_3() -> None:
    assert covers("home_schooling", "child_home_schooled") == {3: Cover.COVERED}


def test_a_need_without_the_attribute_is_not_covered() -> None:
    assert covers("home_schooling", "pupil") == {}


def test_an_unknown_condition_is_never_covered_only_may_be() -> None:
    assert covers("student_meals", "student_university") == {2: Cover.MAY_BE, 8: Cover.MAY_BE}


def test_category_6_loses_local_measures_only() -> None:
    assert covers("school_kit", "pupil_below_minimum", category=6) == {6: Cover.LOST_BY_CATEGORY}
    republican = [found for found in services() if found.budget == "republican"]
    assert [found.number for found in republican] == [11]


def test_category_6_leaves_an_unknown_budget_alone() -> None:
    assert covers("student_housing", "student_college", category=6) == {1: Cover.MAY_BE, 7: Cover.COVERED}


def test_an_unknown_category_loses_nothing() -> None:
    assert covers("school_meals", "pupil_asp", category=None) == {4: Cover.COVERED}


def test_a_pupil_of_a_family_below_the_minimum_has_grounds() -> None:
    assert "pupil_below_minimum" in grounds(["pupil"], 2_740_000, 5_085_100)
    assert "pupil_below_minimum" not in grounds(["pupil"], 5_085_100, 5_085_100)


def test_an_unknown_income_or_minimum_gives_no_grounds() -> None:
    assert grounds(["pupil"], None, 5_085_100) == ["pupil"] == grounds(["pupil"], 100, None)


def test_a_family_with_targeted_aid_has_the_first_ground_only() -> None:
    assert grounds(["pupil", "asp_recipient"], 100, 5_085_100) == ["asp_recipient", "pupil", "pupil_asp"]


def test_without_a_pupil_there_are_no_pupils_grounds() -> None:
    assert grounds(["asp_recipient"], 100, 5_085_100) == ["asp_recipient"]
