#include "fleet/setup.h"

#include "fleet/answers.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

void count(SetupTally &tally, SetupState state)
{
    switch (state) {
    case SetupState::Untested:
        ++tally.untested;
        break;
    case SetupState::Testing:
        ++tally.testing;
        break;
    case SetupState::Refused:
        ++tally.refused;
        break;
    case SetupState::Failed:
        ++tally.failed;
        break;
    case SetupState::NeedsEnvironment:
        ++tally.needEnvironment;
        break;
    case SetupState::NeedsGrant:
        ++tally.needGrant;
        break;
    case SetupState::Ready:
        ++tally.ready;
        break;
    }
}

QString hostOf(const ConnectSpec &spec)
{
    if (!spec.host.isEmpty())
        return spec.host;
    return spec.uri.isEmpty() ? QString() : QUrl(spec.uri, QUrl::TolerantMode).host();
}

int portOf(const ConnectSpec &spec)
{
    if (spec.port != 0)
        return spec.port;
    return spec.uri.isEmpty() ? 5432 : QUrl(spec.uri, QUrl::TolerantMode).port(5432);
}

QString firstLabel(const QString &host)
{
    const bool address = host.contains(u':') || host.isEmpty() || host.front().isDigit();
    return address ? host : host.section(u'.', 0, 0);
}

bool taken(const QString &name, const std::vector<SetupServer> &others)
{
    return std::any_of(
        others.begin(), others.end(), [&](const SetupServer &other) { return other.name == name; });
}

} // namespace

SetupState setupState(const SetupServer &server)
{
    if (server.testing)
        return SetupState::Testing;
    if (server.error)
        return isRefusal(*server.error) ? SetupState::Refused : SetupState::Failed;
    if (!server.facts)
        return SetupState::Untested;
    if (server.environment == Environment::Unset)
        return SetupState::NeedsEnvironment;
    return server.facts->missing.empty() ? SetupState::Ready : SetupState::NeedsGrant;
}

SetupTally tally(const std::vector<SetupServer> &servers)
{
    SetupTally tally;
    for (const SetupServer &server : servers) {
        if (!server.chosen)
            continue;
        ++tally.chosen;
        count(tally, setupState(server));
    }
    return tally;
}

bool openable(const SetupServer &server)
{
    const SetupState state = setupState(server);
    return server.chosen && (state == SetupState::Ready || state == SetupState::NeedsGrant);
}

QString whereOf(const ConnectSpec &spec)
{
    const QString host = hostOf(spec);
    if (host.isEmpty())
        return spec.service.isEmpty() ? QString() : spec.service;
    const QString shown = host.contains(u':') ? u"["_s + host + u"]"_s : host;
    return shown + u':' + QString::number(portOf(spec));
}

QString nameFor(const ConnectSpec &spec, const std::vector<SetupServer> &others)
{
    const QString host = hostOf(spec);
    QString base = spec.service;
    if (base.isEmpty())
        base = host.startsWith(u'/') ? u"local"_s : firstLabel(host);
    if (base.isEmpty())
        base = u"server"_s;
    QString name = base;
    for (int number = 2; taken(name, others); ++number)
        name = base + u'-' + QString::number(number);
    return name;
}

} // namespace tidemark
