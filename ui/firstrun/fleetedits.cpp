#include "firstrun/fleetedits.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Collects the values of one new item, leaving out what is not set.
class Item
{
public:
    Item(const QString &list, const QString &name)
        : m_root { list, name }
    {
    }
    void set(const QStringList &keys, const QString &value)
    {
        if (!value.isEmpty())
            m_edits.push_back({ m_root + keys, value });
    }
    [[nodiscard]] std::vector<FleetEdit> take() { return std::move(m_edits); }

private:
    QStringList m_root;
    std::vector<FleetEdit> m_edits;
};

// A service says the rest itself; only what was added to it is written.
ConnectSpec asWritten(const ConnectSpec &spec)
{
    if (spec.service.isEmpty())
        return spec;
    ConnectSpec written;
    written.service = spec.service;
    written.secret = spec.secret;
    return written;
}

QString environmentKey(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return u"production"_s;
    case Environment::Test:
        return u"test"_s;
    case Environment::Lab:
        return u"lab"_s;
    case Environment::Unset:
        break;
    }
    return {};
}

std::vector<FleetEdit> editsOf(const SetupServer &server)
{
    Item item(u"clusters"_s, server.name);
    const ConnectSpec spec = asWritten(server.connect);
    item.set({ u"environment"_s }, environmentKey(server.environment));
    item.set({ u"connect"_s, u"service"_s }, spec.service);
    item.set({ u"connect"_s, u"uri"_s }, spec.uri);
    item.set({ u"connect"_s, u"host"_s }, spec.host);
    item.set({ u"connect"_s, u"port"_s }, spec.port == 0 ? QString() : QString::number(spec.port));
    item.set({ u"connect"_s, u"database"_s }, spec.database);
    item.set({ u"connect"_s, u"user"_s }, spec.user);
    item.set({ u"connect"_s, u"sslmode"_s }, spec.sslMode);
    item.set({ u"connect"_s, u"sslrootcert"_s }, spec.sslRootCert);
    item.set({ u"connect"_s, u"secret"_s }, spec.secret);
    return item.take();
}

std::vector<FleetEdit> editsOf(const Source &source)
{
    Item item(u"sources"_s, source.name);
    item.set({ u"kind"_s }, u"pbs"_s);
    item.set({ u"url"_s }, source.url);
    item.set({ u"token_id"_s }, source.tokenId);
    item.set({ u"user"_s }, source.user);
    item.set({ u"secret"_s }, source.secret);
    item.set({ u"totp_secret"_s }, source.totpSecret);
    item.set({ u"fingerprint"_s }, source.fingerprint);
    return item.take();
}

} // namespace

std::optional<QString> pbsUrl(const QString &typed)
{
    QString text = typed.trimmed();
    if (text.isEmpty() || text.contains(u' '))
        return {};
    if (!text.contains(u"://"_s))
        text.prepend(u"https://"_s);
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != u"https" || url.host().isEmpty() || !url.userInfo().isEmpty())
        return {};
    if (url.hasQuery() || url.hasFragment() || (!url.path().isEmpty() && url.path() != u"/"))
        return {};
    url.setPath({});
    if (url.port() == -1)
        url.setPort(8007);
    return url.toString();
}

std::vector<FleetEdit> editsFor(
    const QString &name, const std::vector<SetupServer> &servers, const std::optional<Source> &source)
{
    std::vector<FleetEdit> edits { { { u"name"_s }, name } };
    const auto append
        = [&](const std::vector<FleetEdit> &more) { edits.insert(edits.end(), more.begin(), more.end()); };
    for (const SetupServer &server : servers)
        append(editsOf(server));
    if (source)
        append(editsOf(*source));
    return edits;
}

} // namespace tidemark
