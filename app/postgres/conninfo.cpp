#include "postgres/conninfo.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <array>
#include <libpq-fe.h>
#include <memory>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Parameters = QMap<QByteArray, QByteArray>;

struct Option {
    QByteArray value;
    QByteArray builtIn; // libpq's default
};

struct FreeOptions {
    void operator()(PQconninfoOption *options) const { PQconninfoFree(options); }
};
struct Finish {
    void operator()(PGconn *connection) const { PQfinish(connection); }
};

QMap<QByteArray, Option> valuesOf(const PQconninfoOption *options)
{
    QMap<QByteArray, Option> values;
    for (; options && options->keyword; ++options) {
        if (options->val)
            values.insert(options->keyword, { options->val, options->compiled });
    }
    return values;
}

Result<Parameters> parseUri(const QString &uri)
{
    char *words = nullptr;
    const std::unique_ptr<PQconninfoOption, FreeOptions> parsed(
        PQconninfoParse(uri.toUtf8().constData(), &words));
    const QString detail = withoutQuotations(QString::fromUtf8(words).trimmed());
    PQfreemem(words);
    if (!parsed)
        return failure(ErrorKind::Invalid, u"pg.uri"_s, detail);
    Parameters parameters;
    const auto values = valuesOf(parsed.get());
    for (auto it = values.begin(); it != values.end(); ++it)
        parameters.insert(it.key(), it->value);
    return parameters;
}

void overrideWith(Parameters &parameters, const char *key, const QString &value)
{
    if (!value.isEmpty())
        parameters.insert(key, value.toUtf8());
}

// Service, then the URI, then the parts: what comes later wins.
Result<Parameters> personsWords(const ConnectSpec &spec)
{
    Parameters parameters;
    if (!spec.uri.isEmpty()) {
        auto parsed = parseUri(spec.uri);
        if (!parsed)
            return parsed;
        parameters = *parsed;
    }
    if (!spec.host.isEmpty())
        parameters.remove("hostaddr");
    overrideWith(parameters, "service", spec.service);
    overrideWith(parameters, "host", spec.host);
    overrideWith(parameters, "port", spec.port == 0 ? QString() : QString::number(spec.port));
    overrideWith(parameters, "dbname", spec.database);
    overrideWith(parameters, "user", spec.user);
    overrideWith(parameters, "sslmode", spec.sslMode);
    overrideWith(parameters, "sslrootcert", spec.sslRootCert);
    return parameters;
}

constexpr const char *Impossible = "tidemark-looks";

// libpq merges service file, environment and defaults by itself, but only on its way to a server. An
// impossible value of one option (the lure) makes it stop right after the merging, before any name is
// resolved.
std::unique_ptr<PGconn, Finish> lookWith(const char *lure, Parameters parameters)
{
    parameters.insert(lure, Impossible);
    std::vector<const char *> keys;
    std::vector<const char *> values;
    for (auto it = parameters.cbegin(); it != parameters.cend(); ++it) {
        keys.push_back(it.key().constData());
        values.push_back(it.value().constData());
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    return std::unique_ptr<PGconn, Finish>(PQconnectStartParams(keys.data(), values.data(), 0));
}

QMap<QByteArray, Option> mergedButFor(const char *lure, const Parameters &parameters, QString *words)
{
    const auto looked = lookWith(lure, parameters);
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfo(looked.get()));
    auto merged = valuesOf(options.get());
    if (merged.value(lure).value != Impossible) {
        *words = withoutQuotations(QString::fromUtf8(PQerrorMessage(looked.get())).trimmed());
        return {};
    }
    return merged;
}

Result<QMap<QByteArray, Option>> merge(const Parameters &parameters)
{
    QString words;
    auto merged = mergedButFor("sslmode", parameters, &words);
    const auto again = mergedButFor("channel_binding", parameters, &words);
    if (merged.isEmpty() || again.isEmpty()) {
        const bool service = parameters.contains("service") || qEnvironmentVariableIsSet("PGSERVICE");
        if (!service)
            return failure(ErrorKind::Invalid, u"pg.uri"_s, words);
        const QByteArray name = parameters.value("service", qgetenv("PGSERVICE"));
        return failure(ErrorKind::NotFound, u"pg.no-service"_s,
            u"service \"%1\": %2"_s.arg(QString::fromUtf8(name), words));
    }
    merged.insert("sslmode", again.value("sslmode"));
    return merged;
}

QByteArray firstReadable(const QStringList &paths)
{
    for (const QString &path : paths) {
        QFile file(path);
        if (!path.isEmpty() && file.open(QIODevice::ReadOnly))
            return file.readAll();
    }
    return {};
}

// Told apart from libpq's default, which reads the same in what it merged: does a service say "prefer"?
bool sectionNamesSslMode(const QByteArray &file, const QByteArray &service)
{
    bool inside = false;
    for (const QByteArray &line : file.split('\n')) {
        const QByteArray text = line.trimmed();
        if (text.startsWith('['))
            inside = text == '[' + service + ']';
        else if (inside && text.startsWith("sslmode="))
            return true;
    }
    return false;
}

bool serviceNamesSslMode(const QByteArray &service)
{
    if (service.isEmpty())
        return false;
    const QString own = qEnvironmentVariable("PGSERVICEFILE", QDir::homePath() + u"/.pg_service.conf"_s);
    const QString folder = qEnvironmentVariable("PGSYSCONFDIR", u"/etc/postgresql-common"_s);
    const QByteArray mine = firstReadable({ own });
    return sectionNamesSslMode(mine, service)
        || sectionNamesSslMode(
            firstReadable({ folder + u"/pg_service.conf"_s, u"/etc/sysconfig/pgsql/pg_service.conf"_s }),
            service);
}

bool sslModeIsChosen(const Parameters &words, const QMap<QByteArray, Option> &merged)
{
    const Option mode = merged.value("sslmode");
    return words.contains("sslmode") || !qgetenv("PGSSLMODE").isEmpty() || mode.value != mode.builtIn
        || serviceNamesSslMode(words.value("service", qgetenv("PGSERVICE")));
}

// libpq before 16 knows no sslrootcert=system; without a root.crt of the person's own the system's list of
// authorities stands in.
QByteArray systemAuthorities()
{
    static constexpr std::array lists { "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem" };
    if (QFileInfo::exists(QDir::homePath() + u"/.postgresql/root.crt"_s))
        return {};
    for (const char *list : lists) {
        if (QFileInfo::exists(QString::fromLatin1(list)))
            return list;
    }
    return {};
}

void setUnlessChosen(Parameters &parameters, const char *key, const QByteArray &value)
{
    if (parameters.value(key).isEmpty() && !value.isEmpty())
        parameters.insert(key, value);
}

void secure(Parameters &parameters, bool modeChosen)
{
    if (!modeChosen)
        parameters.insert("sslmode", "verify-full");
    if (parameters.value("sslmode").startsWith("verify-"))
        setUnlessChosen(parameters, "sslrootcert", systemAuthorities());
    if (parameters.value("gssencmode") == "prefer")
        parameters.insert("gssencmode", "disable"); // it would stand in for the TLS that is asked for
}

// A peer that vanished without a word is noticed within a minute.
void keepAlive(Parameters &parameters)
{
    setUnlessChosen(parameters, "keepalives_idle", "30");
    setUnlessChosen(parameters, "keepalives_interval", "10");
    setUnlessChosen(parameters, "keepalives_count", "3");
    setUnlessChosen(parameters, "tcp_user_timeout", "60000");
}

QByteArray nth(const QList<QByteArray> &list, qsizetype index)
{
    return list.size() == 1 ? list.first() : list.value(index);
}

Result<std::vector<Endpoint>> endpointsOf(
    const QByteArray &hosts, const QByteArray &addresses, const QByteArray &ports)
{
    const auto hostList = hosts.split(',');
    const auto addressList = addresses.split(',');
    const auto portList = ports.split(',');
    const qsizetype count = addresses.isEmpty() ? hostList.size() : addressList.size();
    if (!hosts.isEmpty() && hostList.size() != count)
        return failure(ErrorKind::Invalid, u"pg.uri"_s,
            u"%1 host names and %2 addresses"_s.arg(hostList.size()).arg(count));
    if (portList.size() != 1 && portList.size() != count)
        return failure(
            ErrorKind::Invalid, u"pg.uri"_s, u"%1 ports and %2 hosts"_s.arg(portList.size()).arg(count));
    std::vector<Endpoint> endpoints;
    for (qsizetype i = 0; i < count; ++i) {
        Endpoint one { hosts.isEmpty() ? QByteArray() : hostList.at(i), addressList.value(i),
            nth(portList, i) };
        if (one.port.isEmpty())
            one.port = "5432";
        if (one.host.isEmpty())
            one.host = one.address; // a certificate is checked against what was asked for
        endpoints.push_back(one);
    }
    return endpoints;
}

std::chrono::milliseconds timeoutOf(const QByteArray &seconds, std::chrono::milliseconds otherwise)
{
    const int asked = seconds.toInt();
    return asked > 0 ? std::chrono::seconds(std::max(asked, 2)) : otherwise;
}

void addLimit(QByteArray &text, const char *name, const std::optional<std::chrono::milliseconds> &limit)
{
    if (limit)
        text += QByteArray(" -c ") + name + '=' + QByteArray::number(qlonglong { limit->count() });
}

QByteArray escaped(QByteArray value)
{
    return value.replace('\\', "\\\\").replace(' ', "\\ ");
}

} // namespace

Secret passwordFromFile(const QMap<QByteArray, QByteArray> &parameters, const Endpoint &at)
{
    Parameters asked = parameters;
    asked.insert("host", at.host);
    asked.insert("hostaddr", at.address);
    asked.insert("port", at.port);
    const auto looked = lookWith("sslmode", asked);
    return Secret(QByteArray(PQpass(looked.get())));
}

QString withoutQuotations(const QString &words)
{
    static const QRegularExpression quoted(
        u"\".*\"|\"[^\"]*$"_s, QRegularExpression::DotMatchesEverythingOption);
    QString text = words;
    return text.replace(quoted, u"\"…\""_s);
}

QByteArray startupOptions(const SqlOptions &options)
{
    QByteArray text;
    if (options.readOnly)
        text += " -c default_transaction_read_only=on";
    addLimit(text, "statement_timeout", options.statementTimeout);
    addLimit(text, "lock_timeout", options.lockTimeout);
    addLimit(text, "idle_in_transaction_session_timeout", options.idleInTransactionTimeout);
    if (!options.searchPath.isEmpty())
        text += " -c search_path=" + escaped(options.searchPath.toUtf8());
    return text.trimmed();
}

Result<Target> describeTarget(const ConnectSpec &spec, const SqlOptions &options)
{
    auto words = personsWords(spec);
    if (!words)
        return tl::unexpected(std::move(words).error());
    auto merged = merge(*words);
    if (!merged)
        return tl::unexpected(std::move(merged).error());
    Parameters parameters;
    for (auto it = merged->cbegin(); it != merged->cend(); ++it)
        parameters.insert(it.key(), it->value);
    auto endpoints
        = endpointsOf(parameters.take("host"), parameters.take("hostaddr"), parameters.take("port"));
    if (!endpoints)
        return tl::unexpected(std::move(endpoints).error());
    Target target { std::move(*endpoints), {}, Secret(parameters.take("password")),
        timeoutOf(parameters.take("connect_timeout"), options.connectTimeout) };
    secure(parameters, sslModeIsChosen(*words, *merged));
    keepAlive(parameters);
    parameters.remove("service");
    parameters.remove("fallback_application_name");
    setUnlessChosen(parameters, "application_name", options.applicationName.toUtf8());
    parameters.insert("client_encoding", "UTF8");
    const QByteArray limits = startupOptions(options);
    if (!limits.isEmpty())
        parameters.insert("options", (parameters.value("options") + ' ' + limits).trimmed());
    target.parameters = parameters;
    return target;
}

} // namespace tidemark
