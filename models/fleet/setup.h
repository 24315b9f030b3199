#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"

#include <vector>

namespace tidemark {

// One server while a person connects it for the first time.
struct SetupServer {
    bool chosen = true;
    QString name;
    ConnectSpec connect;
    Environment environment = Environment::Unset;
    bool testing = false;
    std::optional<ServerFacts> facts;
    std::optional<Error> error;

    bool operator==(const SetupServer &) const = default;
    [[nodiscard]] QString key() const { return name; }
};

enum class SetupState { Untested, Testing, Refused, Failed, NeedsEnvironment, NeedsGrant, Ready };

[[nodiscard]] SetupState setupState(const SetupServer &server);

// How far the chosen servers are.
struct SetupTally {
    int chosen = 0;
    int untested = 0;
    int testing = 0;
    int refused = 0;
    int failed = 0;
    int needEnvironment = 0;
    int needGrant = 0;
    int ready = 0;

    bool operator==(const SetupTally &) const = default;
    // Enough to be opened: answered, and a person said what they are. Missing rights narrow what is seen.
    [[nodiscard]] int openable() const { return ready + needGrant; }
};

[[nodiscard]] SetupTally tally(const std::vector<SetupServer> &servers);
[[nodiscard]] bool openable(const SetupServer &server);

// "host:port" as a person knows it; the service or the URI when the host is not told there.
[[nodiscard]] QString whereOf(const ConnectSpec &spec);

// A name for a server nobody named: its host's first label, else its URI's; made unique among the others.
[[nodiscard]] QString nameFor(const ConnectSpec &spec, const std::vector<SetupServer> &others);

} // namespace tidemark
