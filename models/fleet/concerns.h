#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"

#include <vector>

namespace tidemark {

enum class Severity { Failed, Attention };

// What is wrong or missing, by what is known now. The order is that of the worst first.
enum class ConcernKind {
    ArchiverFailing,
    ServerOffline,
    CertificateChanged,
    DatastoreError,
    DatastoreFull,
    SourceOffline,
    AccessRefused,
    ArchivingOff,
    DatastoreFilling,
    DatastoreMaintenance,
    RightsMissing,
    EnvironmentUnset,
    ReadStale
};

// One thing that asks for a person, with its evidence. Words are made where it is shown.
struct Concern {
    ConcernKind kind = ConcernKind::ServerOffline;
    Severity severity = Severity::Attention;
    QString subject; // name of the cluster or source
    QString part; // name of the datastore
    std::optional<Instant> since; // first known bad or last known good, as the kind says
    std::optional<Error> error;
    QString said; // the server's own words
    std::optional<double> share; // used part of a datastore
    std::vector<MissingRight> missing;
    bool ofSource = false; // subject is a source, not a cluster

    bool operator==(const Concern &) const = default;
    [[nodiscard]] QString key() const;
};

// Everything that asks for attention, worst first; equal ones by age (longest first), then by name.
[[nodiscard]] std::vector<Concern> attention(const FleetState &state, const Fleet &fleet, Instant now);

enum class VerdictKind { NoServers, NotReadYet, Worst, AllAnswer };

// The one sentence an overview opens with. It never says that anything can be restored.
struct Verdict {
    VerdictKind kind = VerdictKind::NoServers;
    std::optional<Concern> worst;
    int answering = 0;
    int total = 0;
    int others = 0; // concerns beside the worst

    bool operator==(const Verdict &) const = default;
};

[[nodiscard]] Verdict verdictOf(const FleetState &state, const Fleet &fleet, Instant now);

// Failing now: the last attempt failed, later than the last success.
[[nodiscard]] bool archiverFails(const ServerFacts &facts);
// Whether this server is expected to archive at all in the state it is in.
[[nodiscard]] bool archives(const ServerFacts &facts);

[[nodiscard]] bool isCertificateError(const Error &error);
[[nodiscard]] bool isRefusal(const Error &error);

} // namespace tidemark
