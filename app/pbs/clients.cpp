#include "pbs/clients.h"

#include <algorithm>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t KeptClients = 32;

tl::unexpected<Error> noCredential(const Source &source, const QString &lacks)
{
    return failure(ErrorKind::Invalid, u"pbs.no-credential"_s, u"source \"%1\" %2"_s.arg(source.name, lacks));
}

} // namespace

Clients::Clients(std::shared_ptr<SecretStore> secrets, std::shared_ptr<Connections> connections)
    : m_secrets(std::move(secrets))
    , m_connections(std::move(connections))
{
}

std::shared_ptr<Client> Clients::kept(const Endpoint &endpoint)
{
    const auto known = std::find_if(m_clients.begin(), m_clients.end(),
        [&](const std::shared_ptr<Client> &client) { return client->endpoint() == endpoint; });
    std::shared_ptr<Client> client;
    if (known != m_clients.end()) {
        client = *known;
        m_clients.erase(known);
    } else {
        client = std::make_shared<Client>(m_connections, endpoint);
    }
    m_clients.push_front(client);
    if (m_clients.size() > KeptClients)
        m_clients.pop_back();
    return client;
}

Reply<Secret> Clients::secretOf(Source source, std::optional<Secret> given, std::stop_token stop)
{
    const auto secrets = m_secrets;
    if (given)
        co_return *given;
    if (!secrets || (source.secret.isEmpty() && source.passwordCommand.isEmpty()))
        co_return noCredential(source, u"names no secret"_s);
    auto secret = co_await secretFor(secrets, source.secret, source.passwordCommand, stop);
    co_return secret;
}

Reply<Auth> Clients::authOf(Source source, std::optional<Secret> given, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (source.tokenId.isEmpty() && source.user.isEmpty())
        co_return noCredential(source, u"names neither a token nor a user"_s);
    auto secret = co_await secretOf(source, given, stop);
    if (!secret)
        co_return tl::unexpected(secret.error());
    if (!source.tokenId.isEmpty())
        co_return TokenAuth { source.tokenId, *secret };
    PasswordAuth auth { source.user, *secret, std::nullopt };
    if (!source.totpSecret.isEmpty() && m_secrets) {
        auto seed = co_await m_secrets->read(source.totpSecret, stop);
        if (!seed)
            co_return tl::unexpected(seed.error());
        auth.totpSeed = *seed;
    }
    co_return auth;
}

Reply<std::shared_ptr<Client>> Clients::clientFor(
    Source source, std::optional<Secret> given, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto base = parseBase(source.url);
    if (!base)
        co_return tl::unexpected(base.error());
    const auto fingerprint = normalFingerprint(source.fingerprint);
    if (!fingerprint)
        co_return tl::unexpected(fingerprint.error());
    auto auth = co_await authOf(source, given, stop);
    if (!auth)
        co_return tl::unexpected(auth.error());
    const Endpoint endpoint { *base, *fingerprint, *auth };
    co_return kept(endpoint);
}

} // namespace tidemark::pbs
