#include "insight/artifactnamed.h"

namespace tidemark {

const ArtifactFact *artifactNamed(
    const CatalogueFacts &facts, const QString &cluster, const QString &source, const QString &id)
{
    for (const ArtifactFact &one : facts.cluster(cluster).artifacts)
        if (one.id == id && std::size_t(one.source) < facts.sources.size()
            && facts.sources[std::size_t(one.source)].name == source)
            return &one;
    return nullptr;
}

} // namespace tidemark
