"""A pytest plugin that takes one wall out of the product while it is imported.

`DHR_MUTANT` names the module, the line and the way; nothing on disk changes. See script/mutants.
"""

import ast
import importlib.machinery
import os
import sys

OPEN = {
    "visible_to": "return self.all()",
    "predicate": "return True",
    "allowed": "return True",
}


# Rights hang on reviews, where an administrator holds no role; a coordinator has them all.
_WITHOUT_LIMITS = {"Role.ADMINISTRATOR", "Role.COORDINATOR"}


def mutants(source):
    """(line, way, what it takes out) of every wall in a module's source."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            if node.name == "visible_to":
                yield node.lineno, "visible_to", f"what visible_to of line {node.lineno} hides"
            elif node.name.startswith("can_"):
                yield node.lineno, "predicate", f"what {node.name} refuses"
            elif node.name == "is_allowed" and not _always(node):
                yield node.lineno, "allowed", f"what is_allowed of line {node.lineno} refuses"
        elif isinstance(node, ast.Call) and _is_door(node):
            yield node.lineno, "call", f"the call of visible_to in line {node.lineno}"
        elif _is_grants(node):
            for role, grant in zip(node.value.keys, node.value.values, strict=True):
                name = ast.unparse(role)
                if grant.args or grant.keywords:  # an administrator has none to lose
                    yield grant.lineno, "no grant", f"every right of {name}"
                if name not in _WITHOUT_LIMITS:
                    yield grant.lineno, "all grants", f"the limits of {name}"


def _always(node):
    last = node.body[-1]
    return isinstance(last, ast.Return) and ast.unparse(last) == "return True"


def _is_door(node):
    return isinstance(node.func, ast.Attribute) and node.func.attr == "visible_to"


def _is_grants(node):
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "GRANTS"


_ALL = (
    "Grant(review=_VIEW | _EVERYTHING_GATHERED | _LEAD_THE_WORK | {'run_review',"
    " 'act_for_agencies'}, participation=_OWN_PART | {'change_own_entries', 'submit_chronology',"
    " 'update_own_actions'} if role in AGENCY_ROLES else frozenset())"
)


class _Remove(ast.NodeTransformer):
    def __init__(self, line, way):
        self.line, self.way, self.done = line, way, False

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        if self.way in OPEN and node.lineno == self.line:
            self.done, node.body = True, ast.parse(OPEN[self.way]).body
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if self.way == "call" and not self.done and node.lineno == self.line and _is_door(node):
            self.done = True
            return ast.copy_location(
                ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], []), node
            )
        return node

    def visit_Assign(self, node):
        self.generic_visit(node)
        if self.way in {"no grant", "all grants"} and _is_grants(node):
            for number, (key, grant) in enumerate(
                zip(node.value.keys, node.value.values, strict=True)
            ):
                if grant.lineno == self.line:
                    text = "Grant()" if self.way == "no grant" else _ALL
                    text = text.replace("role in", f"{ast.unparse(key)} in")
                    new = ast.parse(text, mode="eval").body
                    node.value.values[number] = ast.copy_location(new, grant)
                    self.done = True
        return node


def removed(source, line, way):
    remover = _Remove(line, way)
    tree = ast.fix_missing_locations(remover.visit(ast.parse(source)))
    if not remover.done:
        raise LookupError(f"No wall of the kind {way} stands in line {line}.")
    return tree


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        _, line, way = os.environ["DHR_MUTANT"].split("|")
        source = self.get_data(self.path).decode()
        return compile(removed(source, int(line), way), self.path, "exec")


class _Finder:
    def find_spec(self, name, path=None, target=None):
        if name != os.environ["DHR_MUTANT"].split("|")[0]:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


if os.environ.get("DHR_MUTANT"):
    sys.meta_path.insert(0, _Finder())
