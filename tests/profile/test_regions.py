"""The countries and their parts that places lie in."""

import pytest

from bot.profile.regions import regions_of


def names(place: str) -> set[str]:
    return {name for region in regions_of([place]) for name in region.names}


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("San Sebastián", "Spain"),
        ("Lübeck", "Allemagne"),
        ("Oakland, CA", "California"),
        ("Oakland, CA", "usa"),
        ("Leith, Edinburgh", "Scotland"),
        ("Braga, Portugal", "Portugal"),
        ("Igls near Innsbruck", "Austria"),
        ("广州", "China"),
    ],
)
def test_a_town_lies_in_its_country_and_its_part_of_it(place: str, region: str) -> None:
    assert region in names(place)


@pytest.mark.parametrize("place", ["Cambridge", "Remote", "Nowhere-on-Sea", ""])
def test_where_nothing_is_plain_there_is_no_region(place: str) -> None:
    assert names(place) == set()


def test_a_state_is_no_country_of_the_same_letters() -> None:
    assert "Canada" not in names("Oakland, CA")


def test_places_of_a_region_are_together() -> None:
    spain = regions_of(["San Sebastián", "Bilbao"])[0]
    assert spain.places == ("San Sebastián", "Bilbao")
