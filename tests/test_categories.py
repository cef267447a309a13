from deburn.model.categories import CATEGORIES, HARMLESS, IDENTIFYING


def test_the_classes_keep_their_places_since_weights_depend_on_them():
    # fmt: off
    assert CATEGORIES == (
        "name", "person", "id", "accession", "date", "time", "institution", "address", "phone", "age", "serial",
        "laterality", "position", "technique", "measurement", "scale", "device", "interface", "anatomy", "other",
    )
    # fmt: on


def test_a_category_identifies_or_is_harmless_and_never_both():
    assert set(IDENTIFYING).isdisjoint(HARMLESS)
    assert len(set(CATEGORIES)) == len(CATEGORIES) == len(IDENTIFYING) + len(HARMLESS)
