#pragma once

#include "yaml/node.h"

namespace tidemark::yaml {

// Line and column of a byte; columns count characters.
[[nodiscard]] Place placeOf(const QByteArray &bytes, qsizetype offset);
// The same, going on from an earlier place.
[[nodiscard]] Place advance(Place from, const QByteArray &bytes, qsizetype offset);
// What makes a file no text at all, or text that YAML readers disagree about.
[[nodiscard]] std::vector<FileProblem> screen(const QByteArray &bytes);
// A name or a text from outside, safe to show on one line: control characters and the marks that turn text
// around are written as \x1b, \u202e; at most `limit` characters.
[[nodiscard]] QString shown(const QString &text, int limit = 60);

} // namespace tidemark::yaml
