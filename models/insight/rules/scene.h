#pragma once

#include "insight/findings.h"
#include "insight/rules/digest.h"

#include <QHash>

namespace tidemark::rules {

// One cluster with everything that is known of it. Never null but where said.
struct ClusterView {
    const Cluster *cluster = nullptr;
    const ClusterFacts *facts = nullptr;
    const ClusterInsight *insight = nullptr;
    const Followed<ServerFacts> *server = nullptr; // null: not followed
    const ServerFacts *living = nullptr; // null: offline, or never answered
    Objectives objectives;
    std::vector<const Source *> sources; // that back it up, as the fleet file says
    std::vector<Series> series; // its artifacts

    [[nodiscard]] bool standby() const { return !cluster->standbyOf.isEmpty(); }
    [[nodiscard]] bool keepsWal() const; // by the fleet file, or because an archive of it was found
};

// One source with everything that is known of it.
struct SourceView {
    const Source *source = nullptr;
    const SourceFacts *facts = nullptr; // null: nothing was ever read
    const Followed<PbsFacts> *pbs = nullptr; // null: no backup server, or not followed
};

// What rules look at, each thing found once.
class Scene
{
public:
    explicit Scene(const Circumstances &about);

    [[nodiscard]] const std::vector<ClusterView> &clusters() const { return m_clusters; }
    [[nodiscard]] const std::vector<SourceView> &sources() const { return m_sources; }
    [[nodiscard]] const CatalogueFacts &facts() const { return m_about.facts; }
    [[nodiscard]] const Fleet &fleet() const { return m_about.fleet; }
    [[nodiscard]] Instant now() const { return m_about.now; }
    // By the index that artifacts carry; null: none such.
    [[nodiscard]] const SourceFacts *source(qint32 index) const;
    [[nodiscard]] const SourceFacts *source(const QString &name) const;
    [[nodiscard]] QString sourceName(qint32 index) const;

private:
    void addCluster(const Cluster &cluster, std::size_t at);

    const Circumstances &m_about;
    std::vector<ClusterView> m_clusters;
    std::vector<SourceView> m_sources;
};

// Findings as they are made: severity comes from the table.
class Found
{
public:
    static constexpr int MostItems = 20;

    // Valid until the next one is added.
    Finding &add(const char *code, const QString &cluster = {}, const QString &source = {});
    void take(std::vector<Finding> findings);
    [[nodiscard]] std::vector<Finding> all() { return std::move(m_all); }

private:
    std::vector<Finding> m_all;
};

// Names one more thing a finding is about.
void addItem(Finding &finding, const QString &item);
// The cluster cannot be brought back to now: what that costs.
void putAtRisk(Finding &finding, const ClusterInsight &cluster);

} // namespace tidemark::rules
