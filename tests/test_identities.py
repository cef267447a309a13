import pickle
from datetime import date

import fakes
import pytest
from pydicom import Dataset

from deburn import Policy, UsageError
from deburn.redactor.dicom import Identity, identity_of
from deburn.redactor.discovery import Entry
from deburn.redactor.identities import Identities, extended, load_identities
from deburn.redactor.job import Orders, Task, do


def _load(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode(encoding))
    return load_identities(path)


def _header(**values):
    dataset = Dataset()
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    return dataset


def _found(identities, **values):
    return {(known.kind, known.text) for known in identities.about(_header(**values))}


def test_reads_kinds_by_column(tmp_path):
    identities = _load(tmp_path, 'name,id,date\n"Quastel, Mirabo",QX4488,1961-03-12\nZandt|Ostwig,,\n')
    assert _found(identities) == {
        ("name", "Quastel, Mirabo"),
        ("id", "QX4488"),
        ("date", "1961-03-12"),
        ("name", "Zandt"),
        ("name", "Ostwig"),
    }
    assert {known.day for known in identities.everywhere} == {None, date(1961, 3, 12)}


def test_a_row_may_be_about_the_files_of_one_patient_or_study(tmp_path):
    identities = _load(tmp_path, "files,name\nP0012|1.2.3,Quastel^Mirabo\n,Zandt\n")
    assert _found(identities, PatientID="P0012") == {("name", "Quastel^Mirabo"), ("name", "Zandt")}
    assert _found(identities, StudyInstanceUID="1.2.3") == {("name", "Quastel^Mirabo"), ("name", "Zandt")}
    assert _found(identities, PatientID="P0013") == {("name", "Zandt")}
    assert _found(identities) == {("name", "Zandt")}


def test_extends_what_the_header_knows(tmp_path):
    header = _header(PatientID="P0012", PatientName="Quastel^Mirabo")
    identities = _load(tmp_path, "name\nQuastel^Mirabo\nZandt\n")
    elements = {known.element for known in extended(identity_of(header), header, identities).entries}
    assert elements == {"(0010,0010) PatientName", "(0010,0020) PatientID", "name in the list of identities"}
    assert extended(Identity(), header, Identities()) == Identity()


def test_survives_the_way_to_a_worker_and_keeps_values_out_of_repr(tmp_path):
    identities = _load(tmp_path, "\ufefffiles,name\nP0012,Quastel\n,Zandt\n")
    assert pickle.loads(pickle.dumps(identities)) == identities
    assert "Quastel" not in repr(identities)
    assert "Zandt" not in repr(identities)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no column"),
        ("files\nP1\n", "names no column"),
        ("name,Quastel\n", "column 2 of its first row is none"),
        ("name,name\nQuastel,Zandt\n", "names a column twice"),
        ("name,date\nQuastel,1961-03-12\nQuastel,12 March\n", "row 3, column date: no date"),
        ("name\nQuastel,Mirabo\n", "row 2: 2 cells; expected 1"),
        ('name\n"Quastel\n', "no valid CSV at line 2"),
    ],
)
def test_errors_name_row_and_column_and_no_value(tmp_path, text, message):
    with pytest.raises(UsageError, match=message) as error:
        _load(tmp_path, text)
    assert not any(word in str(error.value) for word in ("Quastel", "Mirabo", "12 March", "\n"))


def test_refuses_what_cannot_be_read(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load_identities(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="not UTF-8"):
        _load(tmp_path, "name\nQuäst\n", "latin-1")


def test_refuses_a_list_that_is_too_long_to_compare_with_every_line(tmp_path):
    rows = "".join(f"Q{number}\n" for number in range(2001))
    with pytest.raises(UsageError, match="2001 values for all files"):
        _load(tmp_path, "name\n" + rows)
    assert len(_load(tmp_path, "files,name\n" + rows.replace("Q", "P1,Q")).by_key["P1"]) == 2001


def test_a_listed_name_is_masked_where_no_header_knows_it(tmp_path, write_file):
    # The fake network reads EXAMPLE, ANNE off a wide rectangle.
    source = write_file("in/1", (10, 8, 70, 18), PatientName="P^0012", PatientID="P0012")
    (tmp_path / "people.csv").write_text('files,name\nP0012,"Example, Anne"\n')
    identities = load_identities(tmp_path / "people.csv")
    orders = Orders(policy=Policy(), open_runner=fakes.open_fake, output=None, text=True, identities=identities)
    done = do(Task(entry=Entry(name="1", path=source)), runner=fakes.open_fake(), orders=orders)
    (finding,) = done.findings
    assert (finding.category, finding.element) == ("name", "name in the list of identities")
