#pragma once

#include "yaml/node.h"

namespace tidemark::fleetfile {

struct Remarks {
    std::vector<FileProblem> problems;
    std::vector<FileProblem> warnings;
};

// What the key tables cannot say: times against their form, accounts against the kind of source, what a
// cluster or source needs before it can be asked. Expects a document that yaml::check found well formed.
[[nodiscard]] Remarks remarksOn(const yaml::Node &root);

} // namespace tidemark::fleetfile
