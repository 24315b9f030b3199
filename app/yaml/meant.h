#pragma once

#include "yaml/edit.h"

namespace tidemark::yaml {

// Where the steps lead: the nodes passed, the document first. Shorter than the steps when something is
// missing.
struct Trail {
    std::vector<const Node *> nodes;
    std::vector<std::size_t> places; // index of each next node in the one before

    [[nodiscard]] const Node &last() const { return *nodes.back(); }
};
[[nodiscard]] Trail follow(const Node &root, const std::vector<Step> &steps);

// The value with what is missing around it: {objectives: {rpo: 4 h}} for the last two steps.
[[nodiscard]] Node wrapped(const std::vector<Step> &steps, std::size_t from, const Node &value);

// How many of the steps a removal takes away: what only holds the removed goes with it.
[[nodiscard]] std::size_t removalDepth(const Trail &trail);

// What the document means after the change; nothing when it cannot be made.
[[nodiscard]] std::optional<Node> meant(const Node &root, const Change &change);

} // namespace tidemark::yaml
