#include "onlooker.h"

#include "hosts/hosts.h"
#include "insight/belonging.h"
#include "insight/findingwords.h"
#include "postgres/postgres.h"
#include "secrets/secrets.h"
#include "sources/registry.h"
#include "store/store.h"
#include "support/settle.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark::test {

namespace {

template <class Facts>
Followed<Facts> followed(const QString &name, const std::optional<Result<Facts>> &answer, Instant now)
{
    Followed<Facts> item;
    item.name = name;
    item.reach = answer && *answer ? Reach::Live : Reach::Offline;
    if (answer && *answer)
        item.facts = **answer;
    else {
        item.error = answer ? answer->error() : Error { ErrorKind::Timeout, u"test.hung"_s, {} };
        item.offlineSince = now;
    }
    return item;
}

} // namespace

Onlooker::Onlooker()
    : hosts(makeHostReaders())
    , secrets(makeSessionSecretStore())
    , pbs(std::make_unique<PbsAdapters>(secrets))
    , m_servers(makePostgresProbe(makePostgresConnector(secrets), serversClock))
{
}

FleetState Onlooker::ask()
{
    FleetState state;
    for (const Cluster &cluster : fleet.clusters) {
        if (cluster.connect.host.isEmpty())
            continue;
        auto answer = settle(m_servers->probe(cluster.connect, {}, {}, {}), 60s);
        if (answer && *answer)
            (*answer)->readAt = sourcesClock->now(); // servers and sources are read at one time
        state.servers.push_back(followed(cluster.name, answer, serversClock->now()));
    }
    for (const Source &source : fleet.sources) {
        if (source.kind != SourceKind::Pbs)
            continue;
        const auto answer = settle(pbs->probe()->probe(source, {}, {}), 60s);
        state.backupServers.push_back(followed(source.name, answer, serversClock->now()));
    }
    state.newestAnswer = serversClock->now();
    return state;
}

void Onlooker::read(const std::shared_ptr<Catalogue> &catalogue, const Source &source)
{
    const auto remembered = m_remembered.constFind(source.name);
    std::optional<Result<Scan>> scan;
    if (remembered != m_remembered.cend() && !m_again.contains(source.name))
        scan = Result<Scan>(*remembered);
    else if (const auto adapter = makeSource(source, fleet, { hosts, pbs->reader(), sourcesClock }))
        scan = settle(adapter->scan({}, {}), 120s);
    if (!scan) {
        m_said += source.name + u" cannot be read or hung\n"_s;
        return;
    }
    const Instant now = sourcesClock->now();
    if (!*scan) {
        const Error error = scan->error();
        (void)settle(catalogue->failed(fleet.name, source.name, now, error, {}), 60s);
        return;
    }
    if (!m_again.contains(source.name))
        m_remembered.insert(source.name, **scan);
    (*scan)->at = now;
    const auto applied = settle(catalogue->apply(fleet.name, **scan, {}), 60s);
    if (!applied || !*applied)
        m_said += source.name + u": "_s + QString::fromUtf8(wordsOf(applied)) + u'\n';
}

QString Onlooker::codes()
{
    m_said.clear();
    m_insight = {};
    const auto opened = settle(makeMemoryStore({}), 60s);
    if (!opened || !*opened)
        return u"no store: "_s + QString::fromUtf8(wordsOf(opened));
    const auto catalogue = (*opened)->catalogue;
    for (const Source &source : fleet.sources)
        read(catalogue, source);
    const FleetState state = ask();
    const auto facts = settle(catalogue->facts(identified(fleet, state), {}), 60s);
    if (!facts || !*facts)
        return u"no facts: "_s + QString::fromUtf8(wordsOf(facts));
    m_insight = insightOf(**facts, fleet, state, sourcesClock->now());
    QStringList codes;
    for (const Finding &finding : m_insight.findings) {
        codes.append(finding.code);
        const FindingWords words = wordsFor(finding, plainFormats());
        m_said += u"%1: %2 / %3\n"_s.arg(finding.code, words.title, words.evidence);
    }
    return codes.join(u' ');
}

Fleet fleetOf(const QString &cluster, std::chrono::seconds rpo, Source source)
{
    Fleet fleet;
    fleet.name = u"matrix"_s;
    fleet.clusters.emplace_back();
    fleet.clusters.front().name = cluster;
    fleet.clusters.front().environment = Environment::Test;
    fleet.clusters.front().objectives.rpo = rpo;
    source.clusters = { cluster };
    fleet.sources = { std::move(source) };
    return fleet;
}

ConnectSpec reach(const lab::Cluster &cluster)
{
    ConnectSpec spec;
    spec.host = cluster.socketFolder();
    spec.port = cluster.port();
    spec.user = u"postgres"_s;
    spec.database = u"postgres"_s;
    return spec;
}

} // namespace tidemark::test
