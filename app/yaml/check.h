#pragma once

#include "yaml/keys.h"
#include "yaml/node.h"

namespace tidemark::yaml {

// Everything that is wrong with a document, by line: unknown and repeated keys, missing ones, wrong types and
// values, items with the same name, names that lead nowhere, secrets written in plain. No value of a secret
// is repeated in a problem.
[[nodiscard]] std::vector<FileProblem> check(const Node &root, const MapSpec &spec);

} // namespace tidemark::yaml
