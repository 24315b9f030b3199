#pragma once

#include "insight/insight.h"
#include "ports/cataloguewatch.h"
#include "support/memorycatalogue.h"

#include <algorithm>

namespace tidemark::test {

class FakeCatalogueWatch : public CatalogueWatch
{
public:
    [[nodiscard]] std::shared_ptr<const Knowledge> knowledge() const override { return m_knowledge; }
    void follow(Fleet fleet) override { followed.push_back(std::move(fleet)); }
    void refreshNow() override { ++refreshes; }
    void tryNow(QString source) override { tried.append(source); }
    [[nodiscard]] std::shared_ptr<Catalogue> catalogue() const override { return kept; }
    void reload() override { ++reloads; }
    // What is concluded from these facts becomes known.
    void know(CatalogueFacts facts, const Fleet &fleet, const FleetState &state, Instant now)
    {
        Insight concluded = insightOf(facts, fleet, state, now);
        know(std::move(facts), std::move(concluded));
    }
    void know(CatalogueFacts facts, Insight insight)
    {
        auto made = std::make_shared<Knowledge>();
        made->concludedAt = insight.at;
        made->insight = std::make_shared<const Insight>(std::move(insight));
        made->facts = std::make_shared<const CatalogueFacts>(std::move(facts));
        m_knowledge = std::move(made);
        Q_EMIT changed();
    }
    // The conclusions of an earlier start; nothing was read yet.
    void keep(Insight insight)
    {
        auto made = std::make_shared<Knowledge>();
        made->insight = std::make_shared<const Insight>(std::move(insight));
        made->facts = std::make_shared<const CatalogueFacts>();
        made->kept = true;
        m_knowledge = std::move(made);
        Q_EMIT changed();
    }
    void forget()
    {
        m_knowledge = nothing();
        Q_EMIT changed();
    }

    std::vector<Fleet> followed;
    int refreshes = 0;
    int reloads = 0;
    std::shared_ptr<MemoryCatalogue> kept = std::make_shared<MemoryCatalogue>();
    QStringList tried;

private:
    [[nodiscard]] static std::shared_ptr<const Knowledge> nothing()
    {
        auto made = std::make_shared<Knowledge>();
        made->facts = std::make_shared<const CatalogueFacts>();
        return made;
    }
    std::shared_ptr<const Knowledge> m_knowledge = nothing();
};

// Makes the catalogue of a cluster with backups at regular times and an archive behind them.
class ExampleCluster
{
public:
    ExampleCluster(QString name, qint32 source, Instant now)
        : m_now(now)
        , m_source(source)
    {
        made.name = std::move(name);
        made.systemId = SystemId { 7'000'000'000'000'000'000ULL + std::uint64_t(source) };
    }
    // One each period, the newest `ago` before now. LSNs follow the time: a megabyte a second.
    void artifacts(
        ArtifactKind kind, Method method, std::chrono::seconds ago, std::chrono::seconds period, int count)
    {
        for (int i = count - 1; i >= 0; --i)
            made.artifacts.push_back(artifact(kind, method, m_now - ago - i * period));
        std::sort(made.artifacts.begin(), made.artifacts.end(),
            [](const ArtifactFact &a, const ArtifactFact &b) { return *a.stop < *b.stop; });
    }
    // WAL between two times; both "before now".
    void archive(std::chrono::seconds from, std::chrono::seconds to, quint32 timeline = 1)
    {
        if (made.archives.empty()) {
            made.archives.resize(1);
            made.archives[0].source = QStringLiteral("archive");
            made.archives[0].cluster = made.name;
            made.archives[0].systemId = made.systemId;
        }
        WalSpan span;
        span.timeline = { timeline };
        span.first = SegmentNumber::of(lsnAt(m_now - from), DefaultSegmentSize);
        span.last = SegmentNumber::of(lsnAt(m_now - to), DefaultSegmentSize);
        span.firstArrived = m_now - from;
        span.lastArrived = m_now - to;
        made.archives[0].spans.push_back(span);
    }

    ClusterFacts made;

private:
    [[nodiscard]] Lsn lsnAt(Instant at) const
    {
        const auto since = at - (m_now - std::chrono::days(4000));
        return { std::uint64_t(since.count()) };
    }
    [[nodiscard]] ArtifactFact artifact(ArtifactKind kind, Method method, Instant stop) const
    {
        ArtifactFact fact;
        fact.source = m_source;
        fact.kind = kind;
        fact.method = method;
        fact.assurance = Assurance::Contents;
        fact.assuredAt = stop;
        fact.start = stop - std::chrono::minutes(8);
        fact.stop = stop;
        if (kind == ArtifactKind::BaseBackup) {
            fact.method = Method::Full;
            fact.startLsn = lsnAt(*fact.start);
            fact.stopLsn = lsnAt(stop);
            fact.timeline = TimelineId { 1 };
            fact.method = method;
        }
        fact.withGlobals = kind == ArtifactKind::Dump;
        fact.stored = Bytes { 1'900'000'000 };
        fact.id = QStringLiteral("%1-%2").arg(made.name, stop.toIso());
        return fact;
    }

    Instant m_now;
    qint32 m_source;
};

// The clusters of the design's pictures, with their faults.
[[nodiscard]] inline CatalogueFacts exampleCatalogue(Instant now)
{
    using namespace std::chrono_literals;
    constexpr std::chrono::seconds day = 24h;
    CatalogueFacts facts;
    facts.version = 1;
    for (const char *name : { "oltp-repo", "queue-repo", "content-base", "olap-dumps", "pbs01" }) {
        facts.sources.emplace_back();
        facts.sources.back().name = QString::fromLatin1(name);
        facts.sources.back().readAt = now - 40s;
    }
    ExampleCluster oltp(QStringLiteral("oltp-db"), 0, now);
    oltp.artifacts(ArtifactKind::BaseBackup, Method::Full, 5 * day, 7 * day, 13);
    oltp.archive(91 * day, 2min);
    ExampleCluster queue(QStringLiteral("queue-db"), 1, now);
    queue.artifacts(ArtifactKind::BaseBackup, Method::Full, 13h, day, 35);
    queue.archive(36 * day, 20s);
    ExampleCluster content(QStringLiteral("content-db"), 2, now);
    content.artifacts(ArtifactKind::BaseBackup, Method::Full, 6 * day, 7 * day, 26);
    content.archive(182 * day, 77h);
    content.archive(76h, 5min);
    ExampleCluster olap(QStringLiteral("olap-db"), 3, now);
    olap.artifacts(ArtifactKind::Dump, Method::Full, 12h, day, 30);
    ExampleCluster project(QStringLiteral("proj-pg01"), 4, now);
    project.artifacts(ArtifactKind::VmSnapshot, Method::Full, 12h, 2 * day, 12);
    for (ExampleCluster *one : { &oltp, &queue, &content, &olap, &project })
        facts.clusters.push_back(one->made);
    ClusterFacts lab;
    lab.name = QStringLiteral("restore-lab01");
    facts.clusters.push_back(lab);
    return facts;
}

} // namespace tidemark::test
