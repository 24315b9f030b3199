#include "settings/settingsfields.h"

#include "values/duration.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SettingsFields)
};

using Choices = std::vector<std::pair<QString, QString>>;

Choices environments()
{
    return { { QString(), Words::tr("Choose… (counts as production)") },
        { u"production"_s, Words::tr("Production") }, { u"test"_s, Words::tr("Test") },
        { u"lab"_s, Words::tr("Practice lab") } };
}

QString wordOf(Environment environment)
{
    switch (environment) {
    case Environment::Unset:
        return {};
    case Environment::Production:
        return u"production"_s;
    case Environment::Test:
        return u"test"_s;
    case Environment::Lab:
        return u"lab"_s;
    }
    return {};
}

Choices layouts()
{
    return { { QString(), Words::tr("Not set") }, { u"debian"_s, Words::tr("Debian packages") },
        { u"rpm"_s, Words::tr("RPM packages") }, { u"own"_s, Words::tr("An own way") } };
}

QString wordOf(Layout layout)
{
    switch (layout) {
    case Layout::Unset:
        return {};
    case Layout::Debian:
        return u"debian"_s;
    case Layout::Rpm:
        return u"rpm"_s;
    case Layout::Own:
        return u"own"_s;
    }
    return {};
}

Choices sslModes()
{
    Choices modes { { QString(), Words::tr("Verify the server's name and certificate") } };
    for (const QString &mode :
        { u"verify-full"_s, u"verify-ca"_s, u"require"_s, u"prefer"_s, u"allow"_s, u"disable"_s })
        modes.emplace_back(mode, mode);
    return modes;
}

Choices hostsOf(const Fleet &fleet, const QString &none)
{
    Choices hosts { { QString(), none } };
    for (const Host &host : fleet.hosts)
        hosts.emplace_back(host.name, host.name);
    return hosts;
}

template <class Duration>
QString textOf(const std::optional<Duration> &duration)
{
    return duration ? durationText(*duration) : QString();
}

Field machineField(QStringList key, QString label, QString value, QString hint = {})
{
    return { .key = std::move(key),
        .label = std::move(label),
        .value = std::move(value),
        .hint = std::move(hint),
        .machine = true };
}

std::vector<Field> backupServerFields(const Source &source)
{
    return { machineField(
                 { u"url"_s }, Words::tr("Address"), source.url, u"https://pbs01.example.org:8007"_s),
        machineField(
            { u"datastore"_s }, Words::tr("Datastore"), source.datastore, Words::tr("all that may be seen")),
        machineField({ u"namespace"_s }, Words::tr("Namespace"), source.nameSpace, Words::tr("root")),
        machineField({ u"token_id"_s }, Words::tr("API token"), source.tokenId, u"tidemark@pbs!console"_s),
        machineField({ u"user"_s }, Words::tr("User, for a password"), source.user, u"tidemark@pbs"_s),
        machineField({ u"password_command"_s }, Words::tr("Secret by command"), source.passwordCommand),
        machineField({ u"fingerprint"_s }, Words::tr("Fingerprint"), source.fingerprint,
            Words::tr("not confirmed; the system's authorities decide")) };
}

} // namespace

std::vector<Field> serverFields(const Cluster &cluster, const Fleet &fleet)
{
    const ConnectSpec &connect = cluster.connect;
    const QString port = connect.port == 0 ? QString() : QString::number(connect.port);
    const auto at = [](const QString &key) { return QStringList { u"connect"_s, key }; };
    return {
        { .key = { u"environment"_s },
            .label = Words::tr("Environment"),
            .value = wordOf(cluster.environment),
            .choices = environments() },
        machineField(
            at(u"service"_s), Words::tr("Service"), connect.service, Words::tr("a name in pg_service.conf")),
        machineField(at(u"uri"_s), Words::tr("Connection string"), connect.uri, u"postgresql://…"_s),
        machineField(
            at(u"host"_s), Words::tr("Host"), connect.host, Words::tr("name, address or socket folder")),
        machineField(at(u"port"_s), Words::tr("Port"), port, u"5432"_s),
        machineField(at(u"database"_s), Words::tr("Database"), connect.database, u"postgres"_s),
        machineField(at(u"user"_s), Words::tr("Role"), connect.user),
        { .key = at(u"sslmode"_s),
            .label = Words::tr("TLS"),
            .value = connect.sslMode,
            .choices = sslModes() },
        { .key = at(u"via"_s),
            .label = Words::tr("SSH tunnel"),
            .value = connect.via,
            .choices = hostsOf(fleet, Words::tr("None, connect directly")) },
        machineField(at(u"password_command"_s), Words::tr("Password by command"), connect.passwordCommand),
        { .key = { u"host"_s },
            .label = Words::tr("Runs on"),
            .value = cluster.host,
            .choices = hostsOf(fleet, Words::tr("Not known")) },
        machineField({ u"data_directory"_s }, Words::tr("Data directory"), cluster.dataDirectory),
        { .key = { u"layout"_s },
            .label = Words::tr("Installed from"),
            .value = wordOf(cluster.layout),
            .choices = layouts() },
    };
}

std::vector<Field> sourceFields(const Source &source, const Fleet &fleet)
{
    if (source.kind == SourceKind::Pbs)
        return backupServerFields(source);
    return {
        { .key = { u"host"_s },
            .label = Words::tr("On host"),
            .value = source.host,
            .choices = hostsOf(fleet, Words::tr("This machine")) },
        machineField({ u"path"_s }, Words::tr("Path"), source.path),
        machineField({ u"stanza"_s }, Words::tr("Stanza or server"), source.stanza),
        machineField({ u"config"_s }, Words::tr("Configuration file"), source.config),
        { .key = { u"description"_s }, .label = Words::tr("Description"), .value = source.description },
    };
}

std::vector<Field> objectiveFields(const Objectives &objectives)
{
    return {
        { .key = { u"objectives"_s, u"rpo"_s },
            .label = Words::tr("May lose at most (RPO)"),
            .value = textOf(objectives.rpo),
            .hint = Words::tr("not promised; such as 15 min") },
        { .key = { u"objectives"_s, u"rto"_s },
            .label = Words::tr("Back within (RTO)"),
            .value = textOf(objectives.rto),
            .hint = Words::tr("not promised; such as 4 h") },
        { .key = { u"objectives"_s, u"proof_age"_s },
            .label = Words::tr("Proven every"),
            .value = textOf(objectives.proofAge),
            .hint = Words::tr("not promised; such as 35 d") },
    };
}

ConnectSpec typedConnection(const FieldForm &form, ConnectSpec from)
{
    const auto typed = [&](const QString &key) { return form.typed({ u"connect"_s, key }); };
    from.service = typed(u"service"_s);
    from.uri = typed(u"uri"_s);
    from.host = typed(u"host"_s);
    from.port = typed(u"port"_s).toInt();
    from.database = typed(u"database"_s);
    from.user = typed(u"user"_s);
    from.sslMode = typed(u"sslmode"_s);
    from.via = typed(u"via"_s);
    from.passwordCommand = typed(u"password_command"_s);
    return from;
}

Source typedSource(const FieldForm &form, Source from)
{
    from.url = form.typed({ u"url"_s });
    from.datastore = form.typed({ u"datastore"_s });
    from.nameSpace = form.typed({ u"namespace"_s });
    from.tokenId = form.typed({ u"token_id"_s });
    from.user = form.typed({ u"user"_s });
    from.passwordCommand = form.typed({ u"password_command"_s });
    from.fingerprint = form.typed({ u"fingerprint"_s });
    return from;
}

} // namespace tidemark
