#pragma once

#include "yaml/node.h"

#include <optional>

namespace tidemark::yaml {

// One step into a document: a key of a map, or the item of a list with this "name".
struct Step {
    QString name;
    bool item = false;
};

// Sets the value at the end of the steps, making what is missing on the way, or removes it (and what becomes
// empty by that).
struct Change {
    std::vector<Step> steps;
    std::optional<Node> value; // a scalar or a list of scalars; nothing: remove
};

// The text with the change made and every other byte as it was. Verified: the new text is read again and
// must mean what the old one did plus the change. Nothing when the text is no document, or written in a way
// that cannot be changed without touching more.
[[nodiscard]] std::optional<QByteArray> edited(const QByteArray &text, const Change &change);

} // namespace tidemark::yaml
