from deburn.redactor.clinical_words import CLINICAL
from deburn.redactor.dicom import standard_words
from deburn.redactor.everyday import EVERYDAY
from deburn.redactor.name_words import ALSO_NAMES, NEAR_NAMES
from deburn.redactor.technical import TECHNICAL
from deburn.redactor.vocabulary import INSTITUTIONS, LABELS, NAMES, TERMS, familiar_words, plain_words, term_kinds


def test_terms_are_lower_case_single_words():
    for kind, words in TERMS.items():
        assert all(word == word.lower() and " " not in word for word in words), kind


def test_orientation_comes_before_every_other_meaning():
    assert {term_kinds()[letter] for letter in "lr"} == {"laterality"}
    assert {term_kinds()[letter] for letter in "aphf"} == {"position"}


def test_frequent_names_are_no_plain_words_unless_they_are_terms():
    assert not (NAMES & plain_words()) - set(term_kinds())


def test_labels_are_lower_case():
    assert all(
        phrase == phrase.lower() and phrase.strip() == phrase for phrases in LABELS.values() for phrase in phrases
    )


def test_the_standard_gives_words_of_anatomy_and_technique_but_no_placeholders():
    assert {"abdominal", "spacing", "systolic"} <= standard_words()
    assert not {"zzz", "hadlock", "nakayama"} & standard_words()


def test_everyday_words_are_lower_case_and_no_frequent_names():
    assert all(word == word.lower() for word in EVERYDAY)
    assert len(EVERYDAY & NAMES) < 10


def test_technical_words_are_lower_case_no_frequent_names_and_known_by_no_other_list():
    assert all(word == word.lower() for word in TECHNICAL)
    assert not TECHNICAL & (NAMES | EVERYDAY | set(term_kinds()))
    assert plain_words() >= TECHNICAL


def test_clinical_words_are_nobodys_name_no_institutions_and_known_by_no_other_list():
    assert all(word == word.lower() for word in CLINICAL)
    assert not CLINICAL & (NAMES | NEAR_NAMES | ALSO_NAMES | INSTITUTIONS | familiar_words())
    assert plain_words() >= CLINICAL | familiar_words()


def test_words_are_known_without_their_accents_unless_they_are_names_then():
    assert {"uebersicht", "ubersicht", "übersicht", "proyeccion"} <= plain_words()
    assert not {"lange", "corazon"} & plain_words()
    assert "proyeccion" not in familiar_words()
