from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordant.places.geometry import distance_km, midpoint, point_at, radius_km

LAT, LON = st.floats(-75, 75), st.floats(-179, 179)


def test_known_distance() -> None:
    assert distance_km(0, 0, 0, 90) == pytest.approx(10007.5, rel=1e-3)


@given(LAT, LON, st.floats(0.1, 500), st.floats(0, 359))
def test_a_point_lies_as_far_as_said(lat: float, lon: float, km: float, bearing: float) -> None:
    assert distance_km(lat, lon, *point_at(lat, lon, km, bearing)) == pytest.approx(km, rel=1e-3, abs=1e-2)


@given(LAT, LON, st.floats(1, 300), st.floats(0, 359))
def test_the_middle_is_as_far_from_both(lat: float, lon: float, km: float, bearing: float) -> None:
    other = point_at(lat, lon, km, bearing)
    middle = midpoint(lat, lon, *other)
    assert distance_km(lat, lon, *middle) == pytest.approx(distance_km(*other, *middle), rel=1e-3, abs=1e-2)


def test_radius_grows_with_the_kind_and_follows_what_is_said() -> None:
    assert radius_km("settlement", "at") < radius_km("settlement", "near") < radius_km("admin1", "within")
    assert radius_km("settlement", "near", said_km=25) == 25
