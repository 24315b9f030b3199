#include "fleet/concerns.h"

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr double Filling = 0.85;
constexpr double Full = 0.95;

using Found = std::vector<Concern>;

Concern about(ConcernKind kind, Severity severity, const QString &subject)
{
    Concern concern;
    concern.kind = kind;
    concern.severity = severity;
    concern.subject = subject;
    return concern;
}

template <class Facts>
const Followed<Facts> *followed(const std::vector<Followed<Facts>> &list, const QString &name)
{
    const auto found
        = std::find_if(list.begin(), list.end(), [&](const auto &one) { return one.name == name; });
    return found == list.end() ? nullptr : &*found;
}

ConcernKind offlineKind(const std::optional<Error> &error, ConcernKind otherwise)
{
    if (error && isCertificateError(*error))
        return ConcernKind::CertificateChanged;
    if (error && isRefusal(*error))
        return ConcernKind::AccessRefused;
    return otherwise;
}

template <class Facts>
void addReach(Found &found, const Followed<Facts> &one, ConcernKind offline)
{
    if (one.reach == Reach::Offline) {
        Concern concern = about(offlineKind(one.error, offline), Severity::Failed, one.name);
        concern.since = one.offlineSince;
        concern.error = one.error;
        found.push_back(concern);
    } else if (one.reach == Reach::Stale && one.facts) {
        Concern concern = about(ConcernKind::ReadStale, Severity::Attention, one.name);
        concern.since = one.facts->readAt;
        concern.error = one.error;
        found.push_back(concern);
    }
}

template <class Facts>
void addRights(Found &found, const Followed<Facts> &one)
{
    if (!one.facts || one.facts->missing.empty() || one.reach == Reach::Offline)
        return;
    Concern concern = about(ConcernKind::RightsMissing, Severity::Attention, one.name);
    concern.missing = one.facts->missing;
    found.push_back(concern);
}

void addArchiver(Found &found, const Cluster &cluster, const Followed<ServerFacts> &one)
{
    if (!one.facts || one.reach == Reach::Offline)
        return;
    if (archiverFails(*one.facts)) {
        Concern concern = about(ConcernKind::ArchiverFailing, Severity::Failed, cluster.name);
        concern.since = one.facts->archiver->lastArchivedAt;
        concern.said = one.facts->archiver->lastFailedWal;
        found.push_back(concern);
    } else if (one.facts->archiveMode == u"off" && cluster.objectives.rpo) {
        found.push_back(about(ConcernKind::ArchivingOff, Severity::Attention, cluster.name));
    }
}

void addCluster(Found &found, const Cluster &cluster, const FleetState &state)
{
    if (cluster.environment == Environment::Unset)
        found.push_back(about(ConcernKind::EnvironmentUnset, Severity::Attention, cluster.name));
    const auto *one = followed(state.servers, cluster.name);
    if (!one)
        return;
    addReach(found, *one, ConcernKind::ServerOffline);
    addArchiver(found, cluster, *one);
    addRights(found, *one);
}

std::optional<double> shareOf(const DatastoreFacts &store)
{
    if (!store.total || !store.used || store.total->count <= 0)
        return {};
    return double(store.used->count) / double(store.total->count);
}

std::optional<Concern> storeConcern(const QString &source, const DatastoreFacts &store)
{
    const auto share = shareOf(store);
    std::optional<Concern> concern;
    if (!store.error.isEmpty())
        concern = about(ConcernKind::DatastoreError, Severity::Failed, source);
    else if (!store.maintenance.isEmpty())
        concern = about(ConcernKind::DatastoreMaintenance, Severity::Attention, source);
    else if (share && *share >= Full)
        concern = about(ConcernKind::DatastoreFull, Severity::Failed, source);
    else if (share && *share >= Filling)
        concern = about(ConcernKind::DatastoreFilling, Severity::Attention, source);
    if (!concern)
        return {};
    concern->part = store.name;
    concern->said = store.error.isEmpty() ? store.maintenance : store.error;
    concern->share = share;
    return concern;
}

void addSource(Found &found, const Followed<PbsFacts> &one)
{
    const std::size_t before = found.size();
    addReach(found, one, ConcernKind::SourceOffline);
    addRights(found, one);
    if (one.facts && one.reach != Reach::Offline)
        for (const DatastoreFacts &store : one.facts->datastores)
            if (const auto concern = storeConcern(one.name, store))
                found.push_back(*concern);
    for (std::size_t at = before; at < found.size(); ++at)
        found[at].ofSource = true;
}

auto rank(const Concern &concern)
{
    const auto since = concern.since ? concern.since->sinceEpoch : std::chrono::microseconds::max();
    return std::tuple(int(concern.severity), int(concern.kind), since, concern.subject, concern.part);
}

int answering(const FleetState &state, const Fleet &fleet)
{
    return int(std::count_if(fleet.clusters.begin(), fleet.clusters.end(), [&](const Cluster &cluster) {
        const auto *one = followed(state.servers, cluster.name);
        return one && one->facts && (one->reach == Reach::Live || one->reach == Reach::Answering);
    }));
}

bool anythingRead(const FleetState &state)
{
    const auto known = [](const auto &one) { return one.facts || one.error; };
    return std::any_of(state.servers.begin(), state.servers.end(), known)
        || std::any_of(state.backupServers.begin(), state.backupServers.end(), known);
}

VerdictKind kindOf(const Verdict &verdict, bool read)
{
    if (verdict.total == 0 && !verdict.worst)
        return VerdictKind::NoServers;
    if (!read)
        return VerdictKind::NotReadYet;
    if (verdict.worst)
        return VerdictKind::Worst;
    return verdict.answering == verdict.total ? VerdictKind::AllAnswer : VerdictKind::NotReadYet;
}

} // namespace

QString Concern::key() const
{
    return QString::number(int(kind)) + u'\x1f' + subject + u'\x1f' + part;
}

bool isCertificateError(const Error &error)
{
    return error.code == u"pbs.fingerprint-mismatch" || error.code == u"pbs.certificate-untrusted";
}

bool isRefusal(const Error &error)
{
    return error.kind == ErrorKind::Denied;
}

bool archives(const ServerFacts &facts)
{
    if (facts.archiveMode == u"always")
        return true;
    return facts.archiveMode == u"on" && !facts.inRecovery;
}

bool archiverFails(const ServerFacts &facts)
{
    if (!archives(facts) || !facts.archiver || !facts.archiver->lastFailedAt)
        return false;
    return !facts.archiver->lastArchivedAt || *facts.archiver->lastFailedAt > *facts.archiver->lastArchivedAt;
}

std::vector<Concern> attention(const FleetState &state, const Fleet &fleet, Instant)
{
    Found found;
    for (const Cluster &cluster : fleet.clusters)
        addCluster(found, cluster, state);
    for (const auto &one : state.backupServers)
        addSource(found, one);
    std::stable_sort(
        found.begin(), found.end(), [](const Concern &a, const Concern &b) { return rank(a) < rank(b); });
    return found;
}

Verdict verdictOf(const FleetState &state, const Fleet &fleet, Instant now)
{
    const auto concerns = attention(state, fleet, now);
    Verdict verdict;
    verdict.total = int(fleet.clusters.size());
    verdict.answering = answering(state, fleet);
    if (!concerns.empty()) {
        verdict.worst = concerns.front();
        verdict.others = int(concerns.size()) - 1;
    }
    verdict.kind = kindOf(verdict, anythingRead(state));
    return verdict;
}

} // namespace tidemark
