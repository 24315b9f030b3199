#pragma once

#include "insight/facts.h"

namespace tidemark {

// An artifact by its cluster, the name of its source and its id. Null: it is not there, or not any more.
[[nodiscard]] const ArtifactFact *artifactNamed(
    const CatalogueFacts &facts, const QString &cluster, const QString &source, const QString &id);

} // namespace tidemark
