#pragma once

#include "insight/rules/scene.h"

namespace tidemark::rules {

// One finding about all artifacts of a series that share a fault; nothing when there is none.
void addFaulty(const Scene &scene, const ClusterView &view, const Series &series, const Faulty &faulty,
    const char *code, Found &found);

// What was begun and left, or failed, matters only as long as nothing newer of its kind is whole.
void addIfNewest(const Scene &scene, const ClusterView &view, const Series &series, const Faulty &faulty,
    const char *code, Found &found);

// A name for people: the database, else the artifact's own id.
Finding &addAbout(const Scene &scene, const ClusterView &view, const ArtifactFact &artifact, const char *code,
    Found &found);

} // namespace tidemark::rules
