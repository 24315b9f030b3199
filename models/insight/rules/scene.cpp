#include "insight/rules/scene.h"

#include <algorithm>

namespace tidemark::rules {

namespace {

const ClusterFacts NoFacts {};

template <class List>
auto named(const List &list, const QString &name) -> decltype(&*list.begin())
{
    const auto found
        = std::find_if(list.begin(), list.end(), [&](const auto &one) { return one.name == name; });
    return found == list.end() ? nullptr : &*found;
}

bool keepsWalByKind(SourceKind kind)
{
    return kind == SourceKind::PgBackRest || kind == SourceKind::Barman || kind == SourceKind::WalArchive;
}

} // namespace

bool ClusterView::keepsWal() const
{
    return !facts->archives.empty() || std::any_of(sources.begin(), sources.end(), [](const Source *source) {
        return keepsWalByKind(source->kind);
    });
}

Scene::Scene(const Circumstances &about)
    : m_about(about)
{
    for (std::size_t at = 0; at < about.fleet.clusters.size() && at < about.clusters.size(); ++at)
        addCluster(about.fleet.clusters[at], at);
    for (const Source &source : about.fleet.sources)
        m_sources.push_back({ &source, named(about.facts.sources, source.name),
            source.kind == SourceKind::Pbs ? named(about.state.backupServers, source.name) : nullptr });
}

void Scene::addCluster(const Cluster &cluster, std::size_t at)
{
    ClusterView view;
    view.cluster = &cluster;
    const ClusterFacts *facts = named(m_about.facts.clusters, cluster.name);
    view.facts = facts ? facts : &NoFacts;
    view.insight = &m_about.clusters[at];
    view.server = named(m_about.state.servers, cluster.name);
    if (view.server && view.server->facts && view.server->reach != Reach::Offline)
        view.living = &*view.server->facts;
    view.objectives = objectivesOf(cluster, m_about.fleet);
    for (const Source &source : m_about.fleet.sources)
        if (source.clusters.contains(cluster.name))
            view.sources.push_back(&source);
    view.series = seriesOf(*view.facts, m_about.now);
    m_clusters.push_back(std::move(view));
}

const SourceFacts *Scene::source(qint32 index) const
{
    const auto &all = m_about.facts.sources;
    return index >= 0 && std::size_t(index) < all.size() ? &all[std::size_t(index)] : nullptr;
}

const SourceFacts *Scene::source(const QString &name) const
{
    return named(m_about.facts.sources, name);
}

QString Scene::sourceName(qint32 index) const
{
    const SourceFacts *found = source(index);
    return found ? found->name : QString();
}

Finding &Found::add(const char *code, const QString &cluster, const QString &source)
{
    Finding finding;
    finding.code = QString::fromLatin1(code);
    const FindingKind *kind = findingKind(finding.code);
    Q_ASSERT(kind);
    finding.severity = kind ? kind->severity : Severity::Attention;
    finding.cluster = cluster;
    finding.source = source;
    m_all.push_back(std::move(finding));
    return m_all.back();
}

void Found::take(std::vector<Finding> findings)
{
    std::move(findings.begin(), findings.end(), std::back_inserter(m_all));
}

void addItem(Finding &finding, const QString &item)
{
    ++finding.count;
    if (finding.items.size() < Found::MostItems)
        finding.items.append(item);
}

void putAtRisk(Finding &finding, const ClusterInsight &cluster)
{
    finding.atRisk = cluster.risk.seconds;
    finding.bytesAtRisk = cluster.risk.bytes;
}

} // namespace tidemark::rules
