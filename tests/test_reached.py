"""What only tests reach is no part of the product: each function, class and constant is named by the product itself."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRODUCT = [path for folder in ("agent", "db", "ui", "sd_models") for path in sorted((ROOT / folder).rglob("*.py"))]
LOOKED_AT = ("db/", "ui/", "agent/tools/")

CALLED_BY_FRAMEWORKS = {
    "process_bind_param", "process_result_value", "list_commands", "get_command", "format_commands",
}  # fmt: skip
MARKED = ("tool", "command", "validator", "listens_for")


def named(tree: ast.AST) -> Iterator[str]:
    """Names and attributes that the code uses; not those that it imports or exports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ":" in node.value:
            yield node.value.rpartition(":")[2]  # "ui.commands.draw:draw"


def defined(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Functions, methods, classes and constants, and how often their definition itself names them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
            if not node.name.startswith("__") and not any(mark in marks for mark in MARKED):
                yield node.name, 0
    for node in tree.body:
        for target in node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]:
            if isinstance(target, ast.Name) and not target.id.startswith("__"):
                yield target.id, 1


def test_everything_is_reached_by_the_product() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in PRODUCT}
    uses = Counter(name for tree in trees.values() for name in named(tree))
    unreached = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in trees.items()
        if str(path.relative_to(ROOT)).startswith(LOOKED_AT)
        for name, own in defined(tree)
        if uses[name] <= own and name not in CALLED_BY_FRAMEWORKS
    }
    assert not unreached, "\n".join(sorted(unreached))
