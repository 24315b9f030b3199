#pragma once

#include "fleet/fleet.h"
#include "pbs/client.h"
#include "ports/secretstore.h"

#include <deque>
#include <memory>
#include <optional>
#include <stop_token>

namespace tidemark::pbs {

// One client for each server and account, kept, so that pages and probes share its login and connections. A
// source whose fingerprint or secret changed gets a new one.
class Clients : public std::enable_shared_from_this<Clients>
{
public:
    Clients(std::shared_ptr<SecretStore> secrets, std::shared_ptr<Connections> connections);

    // A given secret is used instead of the one the source names. What the source lacks is an error that says
    // so: "pbs.url", "pbs.fingerprint-form", "pbs.no-credential".
    [[nodiscard]] Reply<std::shared_ptr<Client>> clientFor(
        Source source, std::optional<Secret> given, std::stop_token stop);

private:
    [[nodiscard]] Reply<Auth> authOf(Source source, std::optional<Secret> given, std::stop_token stop);
    [[nodiscard]] Reply<Secret> secretOf(Source source, std::optional<Secret> given, std::stop_token stop);
    [[nodiscard]] std::shared_ptr<Client> kept(const Endpoint &endpoint);

    std::shared_ptr<SecretStore> m_secrets;
    std::shared_ptr<Connections> m_connections;
    std::deque<std::shared_ptr<Client>> m_clients; // the one used last comes first
};

} // namespace tidemark::pbs
