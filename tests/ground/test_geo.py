"""Boundaries: boxes and label points of shapes that are known."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.geo import Feature, neighbours, read_features

SQUARE = [[107.0, 16.0], [108.0, 16.0], [108.0, 17.0], [107.0, 17.0], [107.0, 16.0]]
SMALL = [[110.0, 15.0], [110.1, 15.0], [110.1, 15.1], [110.0, 15.1], [110.0, 15.0]]


def shape(kind: str, coordinates: object) -> Feature:
    """Return a feature of this geometry."""
    return Feature({}, {"type": kind, "coordinates": coordinates})


def test_box_and_label_of_a_square() -> None:
    square = shape("Polygon", [SQUARE])
    assert square.bbox == (107.0, 16.0, 108.0, 17.0)
    assert square.label_point == pytest.approx((107.5, 16.5))


def test_the_label_stands_on_the_largest_part_and_the_box_holds_all() -> None:
    both = shape("MultiPolygon", [[SMALL], [SQUARE]])
    assert both.label_point == pytest.approx((107.5, 16.5))
    assert both.bbox == (107.0, 15.0, 110.1, 17.0)


def test_the_label_is_weighted_by_area_not_by_points() -> None:
    crowded = SQUARE[:1] + [[107.0 + i / 100, 16.0] for i in range(1, 100)] + SQUARE[1:]
    assert shape("Polygon", [crowded]).label_point == pytest.approx((107.5, 16.5))


def test_a_line_drawn_as_an_area_still_has_a_label() -> None:
    assert shape("Polygon", [[[1.0, 2.0], [3.0, 2.0], [1.0, 2.0]]]).label_point == pytest.approx((5 / 3, 2.0))


def test_collections_are_read_and_other_kinds_refused() -> None:
    together = Feature(
        {}, {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [SQUARE]}]}
    )
    assert together.label_point == pytest.approx((107.5, 16.5))
    with pytest.raises(ValueError, match="Point"):
        shape("Point", [1, 2]).bbox  # noqa: B018
    for empty in (shape("Polygon", []), shape("MultiPolygon", [[[]]])):
        with pytest.raises(ValueError, match="không có điểm"):
            empty.bbox  # noqa: B018
        with pytest.raises(ValueError, match="không có điểm"):
            empty.label_point  # noqa: B018


@given(st.floats(-179, 179), st.floats(-89, 89), st.floats(0.01, 1), st.floats(0.01, 1), st.booleans())
def test_the_label_of_a_rectangle_is_its_middle(x: float, y: float, w: float, h: float, turned: bool) -> None:
    ring = [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]
    feature = shape("Polygon", [ring[::-1] if turned else ring])
    assert feature.label_point == pytest.approx((x + w / 2, y + h / 2), abs=1e-6)


def test_a_file_is_read_with_its_properties(tmp_path: Path) -> None:
    path = tmp_path / "wards.geojson"
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    features = [{"properties": {"code": "20194"}, "geometry": geometry}, {"properties": {}, "geometry": None}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert [feature.properties["code"] for feature in read_features(path)] == ["20194"]
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="wards.geojson"):
        read_features(path)


def square_at(x: float, y: float) -> dict[str, object]:
    """Return a unit square by its lower left corner, drawn over whole degrees."""
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_neighbours_have_a_stretch_of_border_in_common_and_not_a_corner_only() -> None:
    shapes = {"a": square_at(0, 0), "b": square_at(1, 0), "c": square_at(1, 1), "d": square_at(5, 5)}
    assert neighbours(shapes) == {("a", "b"), ("b", "c")}
