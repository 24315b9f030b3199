#!/usr/bin/env python3
"""What the compiler does not catch in the sources of app, models and ui: includes that slip past the walls, awaits that
g++ 12 miscompiles, waiting that blocks the GUI thread. Each rule carries a line it must find and one it must leave alone."""
import pathlib
import re
import sys

# (name, where it applies, what is wrong, a line it must find, a line it must leave alone)
RULES = [
    ("long Qt include", r".*", r"#include <Qt[A-Z]\w*/", "#include <QtWidgets/QWidget>", "#include <QWidget>"),
    ("include upwards", r".*", r'#include "\.\./', '#include "../pbs/client.h"', '#include "pbs/client.h"'),
    ("blocking wait", r"^(?!app/lab/).*", r"\bwaitFor(Started|Finished|ReadyRead|BytesWritten|Connected|Encrypted|Disconnected)\(",
     "p->waitForFinished();", "auto exit = co_await done;"),
    ("QCoro::waitFor outside tests", r".*", r"QCoro::waitFor\(", "QCoro::waitFor(task);", "auto r = co_await task;"),
    ("nested event loop", r".*", r"\bprocessEvents\(|\bQEventLoop\b", "qApp->processEvents();", "return app.exec();"),
    ("dialog run by exec()", r"^ui/.*", r"\b(?!app\b)\w+(\.|->)exec\(\)", "dialog.exec();", "dialog->open();"),
    ("singleton", r".*", r"static \w+ ?[&*] ?instance\(", "static Theme &instance();", "auto *app = QCoreApplication::instance();"),
    ("await beside a braced value", r".*", r"co_await [^;)]*[(,] ?\{|\{ ?co_await", "auto r = co_await f({a, b});", "auto r = co_await f(spec, stop);"),
    ("await of an aggregate temporary", r".*", r"co_await [^;]*\w ?\{ ?\.", "auto r = co_await f(Spec { .a = 1 });", "auto r = co_await f(spec);"),
    ("await beside a lambda", r".*", r"co_await [^;{}]*\([^;{}]*\[[^\]]*\] ?[({]", "auto r = co_await f([x] { go(x); });", "auto r = co_await f(go);"),
    ("await in a conditional", r".*", r"\? ?co_await|co_await [^;{}]* \? ", "auto v = b ? co_await f(x) : y;", "v = co_await f(x);"),
    ("await beside && or ||", r".*", r"co_await [^;{}]*(&&|\|\|)|(&&|\|\|) ?co_await", "if (a && co_await f(x)) {", "if (auto r = co_await f(x); !r && y) {"),
    ("unfinished", r".*", r"\b(TODO|FIXME|XXX|HACK)\b", "int a; // TODO later", "int a; // to do so"),
]
LONGEST = 600


def without_comments(text):
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), text, flags=re.S)


def findings(path, text):
    code = without_comments(text)
    for name, where, wrong, _, _ in RULES:
        if not re.match(where, path):
            continue
        source = text if name == "unfinished" else code
        for match in re.finditer(wrong, source):
            line = source.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: {name}: {' '.join(match.group().split())[:100]}"


def self_test():
    bad = []
    for name, _, _, wrong, right in RULES:
        path = "ui/shell/window.cpp"
        if not any(f": {name}:" in f for f in findings(path, wrong)):
            bad.append(f"{name} is not found in: {wrong}")
        if any(f": {name}:" in f for f in findings(path, right)):
            bad.append(f"{name} is found where it is not: {right}")
    return bad


def check(root):
    found = []
    for room in ("app", "models", "ui"):
        for file in sorted((root / room).rglob("*")):
            if file.suffix not in (".h", ".cpp"):
                continue
            text = file.read_text(encoding="utf-8")
            path = file.relative_to(root).as_posix()
            found += findings(path, text)
            if text.count("\n") > LONGEST:
                found.append(f"{path}: more than {LONGEST} lines: a room with two families in it?")
    return found


problems = self_test() if sys.argv[1] == "--self-test" else check(pathlib.Path(sys.argv[1]))
print("\n".join(problems) if problems else "nothing found")
sys.exit(1 if problems else 0)
