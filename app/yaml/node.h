#pragma once

#include "ports/fileproblem.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>
#include <vector>

namespace tidemark::yaml {

// Where something stands in the file: bytes from its start for programs, line and column for people.
struct Place {
    qsizetype offset = 0;
    int line = 1;
    int column = 1;
};

// One value of a YAML file. Scalars keep their text as written ("no", "08" and "1.0" stay what they are);
// what it means is for the reader of the key to say.
struct Node {
    enum class Kind { Null, Scalar, List, Map };
    enum class Style { Plain, Single, Double, Block };

    Kind kind = Kind::Null;
    Style style = Style::Plain; // of a scalar
    bool flow = false; // of a list or map: [a, b], {a: b}
    QString text;
    std::vector<Node> keys; // of a map, beside items
    std::vector<Node> items; // of a list or map
    Place place;
    qsizetype end = 0; // first byte after it

    [[nodiscard]] bool isCollection() const { return kind == Kind::List || kind == Kind::Map; }
    [[nodiscard]] const Node *find(const QString &key) const;
    [[nodiscard]] int indexOf(const QString &key) const; // -1: not there
};

[[nodiscard]] Node scalar(const QString &text, Node::Style style = Node::Style::Double);
// The same meaning, wherever and however it is written.
[[nodiscard]] bool sameMeaning(const Node &a, const Node &b);
[[nodiscard]] FileProblem problemAt(const Place &place, const QString &text, const QString &remedy);

// Reads one document. Anchors, tags, several documents, tabs in the indentation, control characters, bytes
// that are not UTF-8, nesting beyond 24 levels and files beyond 1 MiB are refused; duplicate keys are kept
// for the checker to tell. An empty file is a Null node.
using Parsed = tl::expected<Node, std::vector<FileProblem>>;
[[nodiscard]] Parsed parse(const QByteArray &bytes);

} // namespace tidemark::yaml
