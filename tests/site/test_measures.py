"""The measures of the house (style.md §5): small files, small functions, everything said in one line, no cellars."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sorted([*ROOT.glob("planner/**/*.py"), *ROOT.glob("tools/*.py"), *ROOT.glob("bench/*.py")])
TESTS = sorted(ROOT.glob("tests/**/*.py"))
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
CELLARS = {"utils", "util", "helpers", "common", "manager", "managers", "base", "service", "services", "misc"}
DOORS = {"rules", "queries", "actions"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(paths: list[Path]) -> Iterator[tuple[Path, Function]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield path, node


def lines_of(function: Function) -> int:
    """Its lines without its docstring."""
    whole = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return whole
    first = function.body[0]
    return whole - ((first.end_lineno or 0) - first.lineno + 1)


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_python_file_is_longer_than_400_lines() -> None:
    assert {name(path): length(path) for path in PYTHON if length(path) > 400} == {}


def test_no_test_file_is_longer_than_600_lines() -> None:
    assert {name(path): length(path) for path in TESTS if length(path) > 600} == {}


def test_half_of_the_files_have_100_lines_or_fewer_and_nine_of_ten_250() -> None:
    lengths = [length(path) for path in PYTHON if length(path)]
    assert median(lengths) <= 100
    assert quantiles(lengths, n=10)[-1] <= 250


def test_no_function_is_longer_than_40_lines() -> None:
    long = {f"{name(path)}:{node.name}": lines_of(node) for path, node in functions(PYTHON) if lines_of(node) > 40}
    assert long == {}


def test_half_of_the_functions_have_8_lines_or_fewer_and_nine_of_ten_22() -> None:
    lengths = [lines_of(node) for _path, node in functions(PYTHON)]
    assert median(lengths) <= 8
    assert quantiles(lengths, n=10)[-1] <= 22


def test_no_template_is_longer_than_200_lines() -> None:
    assert {name(path): length(path) for path in TEMPLATES if length(path) > 200} == {}


def test_no_module_is_a_cellar() -> None:
    assert [name(path) for path in PYTHON if path.stem in CELLARS and path.parts[-2] != "tools"] == []


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        f"{name(path)}:{node.name}"
        for path, node in functions(PYTHON)
        if any(isinstance(part, ast.Import | ast.ImportFrom) for part in ast.walk(node))
    ]
    assert inside == []


def test_every_rule_query_and_action_says_what_it_is() -> None:
    silent = [
        f"{name(path)}:{node.name}"
        for path in PYTHON
        if DOORS & set(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, Function) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_module_says_what_it_is() -> None:
    silent = [name(path) for path in PYTHON if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


@pytest.mark.parametrize("mark", ["TODO", "FIXME", "XXX"])
def test_nothing_is_marked_as_unfinished(mark: str) -> None:
    marked = re.compile(rf"\b{mark}\b")
    paths = [path for path in [*PYTHON, *TESTS, *TEMPLATES] if path != Path(__file__)]
    assert [name(path) for path in paths if marked.search(path.read_text(encoding="utf-8"))] == []


def test_tests_do_not_mock() -> None:
    mocking = re.compile(r"unittest\.mock|MagicMock|\bmocker\b")
    assert [
        name(path) for path in TESTS if path != Path(__file__) and mocking.search(path.read_text(encoding="utf-8"))
    ] == []
