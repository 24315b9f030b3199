#include "monitor/cataloguemonitor.h"

#include "insight/belonging.h"
#include "insight/objectives.h"
#include "ports/elsewhere.h"
#include "ports/once.h"
#include "sources/verbs.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr auto AfterServers = 2s; // servers answer in a burst
constexpr auto AfterFailure = 30s;

// Facts with the readings as they are now: they change without anything else being new.
std::shared_ptr<const CatalogueFacts> withReadings(
    std::shared_ptr<const CatalogueFacts> facts, const std::vector<SourceWatch> &sources)
{
    const auto isCurrent = [](const SourceFacts &kept, const SourceWatch &watch) {
        return kept.readAt == watch.reading.readAt && kept.error == watch.reading.error;
    };
    if (std::ranges::equal(facts->sources, sources, isCurrent) || facts->sources.size() != sources.size())
        return facts;
    CatalogueFacts copy = *facts;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        copy.sources[i].readAt = sources[i].reading.readAt;
        copy.sources[i].error = sources[i].reading.error;
    }
    return freedElsewhere(std::move(copy));
}

} // namespace

struct CatalogueMonitor::Concluded {
    std::shared_ptr<const CatalogueFacts> facts;
    std::shared_ptr<const Insight> insight;
    QByteArray bytes; // as they are kept
    Instant at;
};

std::chrono::seconds readingInterval(const Source &source, const Fleet &fleet)
{
    constexpr std::chrono::seconds MostOften = 20s;
    // These tools are asked by running a program that reads all their repositories.
    const bool slow = source.kind == SourceKind::PgBackRest || source.kind == SourceKind::Barman;
    std::chrono::seconds interval = slow ? 120s : 60s;
    for (const Cluster &cluster : fleet.clusters)
        if (const auto rpo = objectivesOf(cluster, fleet).rpo; rpo && source.clusters.contains(cluster.name))
            interval = std::min(interval, std::max(MostOften, *rpo / 5));
    return interval;
}

CatalogueMonitor::CatalogueMonitor(Parts parts, QObject *parent)
    : CatalogueWatch(parent)
    , m_parts(std::move(parts))
    , m_tasks(m_parts.inFlight)
{
    m_pool.setMaxThreadCount(1);
    for (QTimer *timer : { &m_publish, &m_soon, &m_retry })
        timer->setSingleShot(true);
    connect(&m_publish, &QTimer::timeout, this, &CatalogueMonitor::publish);
    connect(&m_soon, &QTimer::timeout, this, &CatalogueMonitor::conclude);
    connect(&m_minute, &QTimer::timeout, this, &CatalogueMonitor::conclude);
    connect(&m_retry, &QTimer::timeout, this, &CatalogueMonitor::load);
    if (m_parts.servers)
        connect(m_parts.servers.get(), &FleetMonitor::changed, this, &CatalogueMonitor::serversTold);
    forget();
    publish();
}

CatalogueMonitor::~CatalogueMonitor() = default;

void CatalogueMonitor::forget()
{
    m_tasks.restart();
    m_items.clear();
    m_sources.clear();
    m_facts = std::make_shared<const CatalogueFacts>();
    m_insight.reset();
    m_concludedAt.reset();
    m_keptVersion.reset();
    m_haveFacts = m_keptInsight = m_loading = m_loadAgain = m_concluding = m_concludeAgain = false;
    for (QTimer *timer : { &m_soon, &m_retry, &m_minute })
        timer->stop();
}

void CatalogueMonitor::follow(Fleet fleet)
{
    forget();
    m_fleet = std::move(fleet);
    m_items.resize(m_fleet.sources.size());
    for (std::size_t i = 0; i < m_fleet.sources.size(); ++i) {
        const Source &source = m_fleet.sources[i];
        auto adapter = m_parts.catalogue ? m_parts.makeSource(source, m_fleet) : nullptr;
        m_sources.push_back({ .reading = { .source = source.name }, .read = adapter != nullptr });
        if (adapter)
            followSource(i, std::move(adapter));
    }
    publish();
    if (!m_parts.catalogue || m_fleet == Fleet {})
        return;
    m_tasks.start(m_parts.catalogue->keptInsight(m_fleet.name, m_tasks.token()),
        [this](const Result<std::optional<Catalogue::Kept>> &kept) { offer(kept); });
    m_tasks.start(m_parts.catalogue->readings(m_fleet.name, m_tasks.token()),
        [this](const Result<std::vector<SourceReading>> &readings) { begin(readings); });
}

void CatalogueMonitor::followSource(std::size_t index, std::shared_ptr<BackupSource> adapter)
{
    const auto ask = [this, index, adapter](std::stop_token stop) {
        m_sources[index].askedAt = m_parts.clock->now();
        m_sources[index].nextTry.reset();
        publishSoon();
        return refreshCatalogue(adapter, m_parts.catalogue, m_fleet.name, m_parts.clock, std::move(stop));
    };
    const Source &source = m_fleet.sources[index];
    m_items[index]
        = std::make_unique<Item>(source.name, ask, m_parts.clock, m_parts.interval(source, m_fleet),
            m_parts.inFlight, [this, index](const Followed<Changes> &item) { told(index, item); });
}

// What was concluded at the last start, before anything is read again.
void CatalogueMonitor::offer(const Result<std::optional<Catalogue::Kept>> &kept)
{
    if (!kept || !*kept || !m_parts.rules.read || m_haveFacts)
        return;
    // Of a large fleet it is megabytes.
    const auto work = [read = m_parts.rules.read, bytes = (*kept)->bytes] {
        return Concluded { .facts = nullptr, .insight = read(bytes), .bytes = {}, .at = {} };
    };
    m_tasks.start(onPool(&m_pool, work),
        [this, version = (*kept)->version](Concluded result) { offered(result, version); });
}

void CatalogueMonitor::offered(const Concluded &result, qint64 version)
{
    if (m_concludedAt || !result.insight)
        return;
    m_insight = result.insight;
    m_keptInsight = true;
    m_keptVersion = version;
    publishSoon();
}

void CatalogueMonitor::begin(const Result<std::vector<SourceReading>> &readings)
{
    for (SourceWatch &source : m_sources) {
        if (!readings)
            break;
        const auto before = std::ranges::find(*readings, source.reading.source, &SourceReading::source);
        if (before != readings->end())
            source.reading = *before;
    }
    load();
    for (const auto &item : m_items) {
        if (item)
            item->begin({});
    }
    m_minute.start(60s);
    publishSoon();
}

void CatalogueMonitor::told(std::size_t index, const Followed<Changes> &item)
{
    if (item.reach == Reach::Stale) // the question is out for long; askedAt tells since when
        return publishSoon();
    SourceWatch &source = m_sources[index];
    const auto before = source.reading;
    source.askedAt.reset();
    source.nextTry = item.nextTry;
    source.reading.triedAt = m_parts.clock->now();
    source.reading.error = item.error;
    if (item.reach == Reach::Live)
        source.reading.readAt = source.reading.triedAt;
    if (item.reach == Reach::Live && item.facts && item.facts->any())
        load();
    else if (source.reading.error != before.error || !before.readAt)
        conclude();
    publishSoon();
}

void CatalogueMonitor::serversTold()
{
    if (!m_haveFacts)
        return;
    if (identified(m_fleet, m_parts.servers->state()) != m_identified)
        load();
    else if (!m_soon.isActive())
        m_soon.start(AfterServers);
}

void CatalogueMonitor::load()
{
    m_loadAgain = m_loading;
    if (m_loading)
        return;
    m_loading = true;
    m_identified = m_parts.servers ? identified(m_fleet, m_parts.servers->state()) : m_fleet;
    m_tasks.start(m_parts.catalogue->facts(m_identified, m_tasks.token()),
        [this](Result<CatalogueFacts> facts) { loaded(std::move(facts)); });
}

void CatalogueMonitor::loaded(Result<CatalogueFacts> facts)
{
    m_loading = false;
    if (facts) {
        m_facts = freedElsewhere(*std::move(facts));
        m_haveFacts = true;
        conclude();
    } else {
        m_retry.start(AfterFailure);
    }
    if (m_loadAgain)
        load();
}

QCoro::Task<CatalogueMonitor::Concluded> CatalogueMonitor::onPool(
    QThreadPool *pool, std::function<Concluded()> work)
{
    const Once<Concluded> done;
    pool->start([done, work] { done.settle(work()); });
    auto result = co_await done;
    co_return result;
}

void CatalogueMonitor::conclude()
{
    m_soon.stop();
    if (!m_haveFacts)
        return;
    m_concludeAgain = m_concluding;
    if (m_concluding)
        return;
    m_concluding = true;
    const FleetState state = m_parts.servers ? m_parts.servers->state() : FleetState {};
    const auto work = [rules = m_parts.rules, facts = m_facts, fleet = m_identified, sources = m_sources,
                          state, now = m_parts.clock->now()] {
        Concluded result { withReadings(facts, sources), nullptr, {}, now };
        if (rules.conclude)
            result.insight = rules.conclude(*result.facts, fleet, state, now);
        if (rules.write && result.insight)
            result.bytes = rules.write(*result.insight);
        return result;
    };
    m_tasks.start(onPool(&m_pool, work), [this](Concluded result) { concluded(std::move(result)); });
}

void CatalogueMonitor::concluded(Concluded result)
{
    m_concluding = false;
    // Facts that were loaded meanwhile are newer than those the conclusions stand on.
    if (m_facts->version <= result.facts->version)
        m_facts = result.facts;
    m_insight = std::move(result.insight);
    m_keptInsight = false;
    m_concludedAt = result.at;
    m_knowledge = std::make_shared<const Knowledge>(Knowledge { .fleet = m_fleet.name,
        .facts = result.facts,
        .insight = m_insight,
        .sources = m_sources,
        .concludedAt = m_concludedAt });
    Q_EMIT changed();
    keep(result.facts->version, std::move(result.bytes));
    if (m_concludeAgain)
        conclude();
}

// Once for each version: that time passed is concluded again at the next start anyway.
void CatalogueMonitor::keep(qint64 version, QByteArray bytes)
{
    if (bytes.isEmpty() || m_keptVersion == version)
        return;
    m_keptVersion = version;
    m_tasks.start(
        m_parts.catalogue->keepInsight(m_fleet.name, { version, std::move(bytes) }, m_tasks.token()),
        [this](const Result<> &kept) {
            if (!kept)
                m_keptVersion.reset();
        });
}

void CatalogueMonitor::publishSoon()
{
    m_publish.start(0);
}

// The conclusions and the facts they stand on go together; only the readings are those of now.
void CatalogueMonitor::publish()
{
    const bool same = m_knowledge && m_knowledge->fleet == m_fleet.name && m_concludedAt;
    m_knowledge = std::make_shared<const Knowledge>(Knowledge { .fleet = m_fleet.name,
        .facts = same ? m_knowledge->facts : m_facts,
        .insight = m_insight,
        .sources = m_sources,
        .concludedAt = m_concludedAt,
        .kept = m_keptInsight });
    Q_EMIT changed();
}

void CatalogueMonitor::refreshNow()
{
    for (const auto &item : m_items) {
        if (item)
            item->askNow();
    }
}

void CatalogueMonitor::reload()
{
    if (m_parts.catalogue && m_fleet != Fleet {})
        load();
}

void CatalogueMonitor::tryNow(QString source)
{
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i] && m_fleet.sources[i].name == source)
            m_items[i]->askNow();
    }
}

} // namespace tidemark
