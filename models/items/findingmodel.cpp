#include "items/findingmodel.h"

#include <QSet>

#include <algorithm>

namespace tidemark {

namespace {

bool isAbout(const Finding &finding, const Fleet &fleet, const QString &scope)
{
    if (scope.isEmpty() || finding.cluster == scope)
        return true;
    return finding.cluster.isEmpty()
        && std::any_of(fleet.sources.begin(), fleet.sources.end(), [&](const Source &source) {
               return source.name == finding.source && source.clusters.contains(scope);
           });
}

} // namespace

std::vector<Finding> findingsInScope(
    const std::vector<Finding> &findings, const Fleet &fleet, const QString &scope)
{
    std::vector<Finding> found;
    QSet<QString> seen;
    for (const Finding &finding : findings) {
        if (!isAbout(finding, fleet, scope) || seen.contains(finding.key()))
            continue;
        seen.insert(finding.key());
        found.push_back(finding);
    }
    return found;
}

FindingModel::FindingModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

} // namespace tidemark
