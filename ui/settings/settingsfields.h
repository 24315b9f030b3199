#pragma once

#include "fleet/fleet.h"
#include "settings/fieldform.h"

namespace tidemark {

// What the settings offer of each thing in the fleet file, in the order of the form. Keys are those of
// docs/fleet.md.
[[nodiscard]] std::vector<Field> serverFields(const Cluster &cluster, const Fleet &fleet);
[[nodiscard]] std::vector<Field> sourceFields(const Source &source, const Fleet &fleet);
[[nodiscard]] std::vector<Field> objectiveFields(const Objectives &objectives);

// The connection as typed in the form, over what the file says.
[[nodiscard]] ConnectSpec typedConnection(const FieldForm &form, ConnectSpec from);
[[nodiscard]] Source typedSource(const FieldForm &form, Source from);

} // namespace tidemark
