#pragma once

#include "yaml/node.h"

namespace tidemark::yaml {

// A scalar as text, quoted when it must be: what is written reads back as the same text in every YAML reader,
// so "no", "08" and "1e3" are quoted unless `style` is Plain, which says that a number or word is meant.
[[nodiscard]] QByteArray writeScalar(const QString &text, Node::Style style, bool inFlow);
// Always in quotes: single ones when asked for and possible.
[[nodiscard]] QByteArray writeQuoted(const QString &text, Node::Style style);
// [a, b] and {a: b}, on one line.
[[nodiscard]] QByteArray writeFlow(const Node &node);
// Lines below one another, each with this indentation and "\n"; the first line is not indented when the
// caller has begun it ("- ").
[[nodiscard]] QByteArray writeBlock(const Node &node, qsizetype indent, bool begun = false);
// A whole file: sections and their items with an empty line between.
[[nodiscard]] QByteArray writeFile(const Node &root);

} // namespace tidemark::yaml
