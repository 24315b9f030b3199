#pragma once

#include "yaml/node.h"

namespace tidemark::yaml {

// Thrown inside this room only: why a document is refused.
struct Refusal {
    FileProblem problem;
};

// Finds where each value ends in the file, and where an empty one would stand. Throws a Refusal for a quote
// that is never closed, which yaml-cpp accepts.
void measure(Node &root, const QByteArray &bytes);

// First byte of the line that holds this byte, and first byte of the next line.
[[nodiscard]] qsizetype lineStart(const QByteArray &bytes, qsizetype offset);
[[nodiscard]] qsizetype lineEnd(const QByteArray &bytes, qsizetype offset);
// First byte that is not white space, line break or comment.
[[nodiscard]] qsizetype skipBlank(const QByteArray &bytes, qsizetype offset);

} // namespace tidemark::yaml
