"""The house itself: what is installed, what imports what, what is public, what the README promises."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

import deburn

ROOT = Path(__file__).parents[1]
FOLDERS = {"deburn": ROOT / "src/deburn"} | {
    f"deburn/{name}": ROOT / name for name in ("model", "redactor", "training", "weights")
}
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Files that the tree holds for other reasons than to be installed.
NOT_INSTALLED = re.compile(r"(^|/)(__pycache__|\.)|\.pyc$")


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def tree():
    """The files of the package folders, by their name in the wheel; git's list, so that no stray file counts."""
    listed = run("git", "ls-files", "--", "src/deburn", "model", "redactor", "training", "weights", cwd=ROOT)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of the tree's files")
    names = {}
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_symlink() or not path.exists() or NOT_INSTALLED.search(name):
            continue
        inner = name.removeprefix("src/") if name.startswith("src/") else f"deburn/{name}"
        names[inner] = path.read_bytes()
    return names


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of what git knows, without the network."""
    files = tree()
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    for name in run("git", "ls-files", cwd=ROOT).stdout.splitlines():
        path, target = ROOT / name, copy / name
        if path.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(path.readlink())
        elif path.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    built = run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(copy), cwd=folder
    )
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return files, {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}


def test_wheel_holds_the_tree_and_nothing_else(wheel):
    files, installed = wheel
    assert set(installed) == set(files)
    assert installed == files


def test_every_package_folder_is_listed():
    packages = set(SETTINGS["tool"]["setuptools"]["packages"])
    for package, folder in FOLDERS.items():
        for init in folder.rglob("__init__.py"):
            if folder == FOLDERS["deburn"] and init.parent != folder:
                continue  # the links that type checkers follow
            name = ".".join((package, *init.parent.relative_to(folder).parts)).replace("/", ".")
            assert name in packages


def test_imports_flow_one_way():
    checked = run(str(Path(sys.executable).with_name("lint-imports")), cwd=ROOT)
    assert checked.returncode == 0, checked.stdout
    assert "1 kept, 0 broken" in checked.stdout


def test_public_names_are_listed_once_and_exist():
    assert sorted(deburn.__all__) == sorted({*deburn._HOME, "__version__"})
    assert dir(deburn) == sorted(deburn.__all__)
    for name in deburn.__all__:
        assert getattr(deburn, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        _ = deburn.nonsense


def test_public_names_are_documented():
    for name in set(deburn.__all__) - {"__version__"}:
        documented = getattr(deburn, name).__doc__
        assert documented
        assert len(documented.split()) > 3, name


def test_readme_names_every_public_verb_and_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("deburn.redact(", "deburn.redact_file(", "deburn.find("):
        assert name in readme
    from deburn.redactor.cli import cli

    for command in cli.commands:
        assert f"deburn {command}" in readme


def test_every_error_descends_from_one():
    errors = import_module("deburn.errors")
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    assert all(issubclass(one, deburn.DeburnError) for one in classes)
    assert {one.__name__ for one in classes} <= set(deburn.__all__)


def imported_by(code):
    """Top-level modules that a fresh interpreter has after some code."""
    script = f"import sys\n{code}\nprint(' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = run(sys.executable, "-c", script)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_importing_deburn_costs_nothing():
    assert not imported_by("import deburn") & {"numpy", "pydicom", "onnxruntime", "torch", "click", "rich"}


def test_redacting_needs_no_torch():
    loaded = imported_by("import deburn.redactor.cli, deburn.redactor.demo, deburn; deburn.redact_file, deburn.find")
    assert "pydicom" in loaded
    # Pillow is not among them: pydicom takes it up where it happens to be installed.
    assert not loaded & {"torch", "torchvision", "transformers", "safetensors", "onnx", "cv2"}


def test_light_install_names_what_the_redactor_imports():
    """Whatever model/ and redactor/ import at the top of a file is a base dependency, or torch behind the seam."""
    base = {re.match(r"[\w-]+", one).group().lower() for one in SETTINGS["project"]["dependencies"]}
    outside = set()
    for folder in ("redactor", "weights", "src/deburn"):
        for path in (ROOT / folder).glob("**/*.py"):
            if path.is_symlink() or ("src/deburn/" in str(path) and path.parent != ROOT / "src/deburn"):
                continue
            outside |= imports(path)
    assert outside - set(sys.stdlib_module_names) - {"deburn"} <= base


def imports(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


COMMANDS = ["pip install . && deburn demo", "pip install '.[dev]' && pytest"]


def test_ci_runs_exactly_the_two_commands_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```sh\n(.*?)```", readme, re.DOTALL).group(1)
    assert [line.split("#")[0].strip() for line in block.splitlines()] == COMMANDS
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    extraction = re.search(r"^mapfile .*\n.*\n", script, re.MULTILINE).group()
    extracted = run("bash", "-c", extraction + "printf '%s\\n' \"${commands[@]}\"", cwd=ROOT)
    assert extracted.stdout.splitlines() == COMMANDS
    steps = [line for line in script.splitlines() if line.startswith("run ")]
    assert steps == ['run "${commands[0]}"', 'run "${commands[1]}"']


def test_no_picture_or_dicom_file_is_in_the_tree():
    listed = run("git", "ls-files", cwd=ROOT)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of the tree's files")
    assert not re.findall(r"\.(?:dcm|dicom|png|jpe?g|jls|j2k|pt|pth|pkl|pickle)$", listed.stdout, re.MULTILINE)


def test_nothing_lies_beside_the_folders_that_does_not_belong_there():
    """What a run or a download leaves there may hold text of images that are not ours to give away."""
    listed = run("git", "ls-files", cwd=ROOT)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of the tree's files")
    folders = {".ci", "benchmarks", "docs", "model", "redactor", "src", "tests", "training", "weights"}
    files = {".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "pyproject.toml"}
    assert {name.split("/")[0] for name in listed.stdout.splitlines()} == folders | files
