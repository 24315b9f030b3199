#include "standin/router.h"

#include "standin/authentication.h"
#include "standin/privileges.h"
#include "standin/routes/routes.h"

#include <QJsonDocument>
#include <QUrl>
#include <QUrlQuery>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

Route::Route(const QString &spec, const QString &parameters, Handler handler)
    : m_method(spec.section(u' ', 0, 0).toLatin1())
    , m_schema(Schema::parse(parameters))
    , m_handler(std::move(handler))
{
    for (const QString &part : spec.section(u' ', 1).split(u'/', Qt::SkipEmptyParts)) {
        if (!part.startsWith(u'{')) {
            m_parts.append(part);
            continue;
        }
        const QString inner = part.mid(1, part.size() - 2);
        const QString name = inner.section(u':', 0, 0);
        m_parts.append(u'{' + name + u'}');
        m_schema.parameters.append({ name, inner.section(u':', 1), true, false });
    }
}

Route &Route::world()
{
    m_access.kind = Access::World;
    return *this;
}

Route &Route::superuser()
{
    m_access.kind = Access::Superuser;
    return *this;
}

Route &Route::needs(const QString &path, const QString &privileges)
{
    m_access = { Access::Privilege, path, privileges.split(u'|') };
    return *this;
}

Route &Route::privileged()
{
    m_privileged = true;
    return *this;
}

bool Route::matches(const QByteArray &method, const QStringList &path) const
{
    if (method != m_method || path.size() != m_parts.size())
        return false;
    for (qsizetype i = 0; i < path.size(); ++i)
        if (!m_parts[i].startsWith(u'{') && m_parts[i] != path[i])
            return false;
    return true;
}

TextPairs Route::pathParameters(const QStringList &path) const
{
    TextPairs result;
    for (qsizetype i = 0; i < path.size(); ++i)
        if (m_parts[i].startsWith(u'{'))
            result.append({ m_parts[i].mid(1, m_parts[i].size() - 2), path[i] });
    return result;
}

bool Route::allows(const State &state, const QString &authId, const TextPairs &path) const
{
    switch (m_access.kind) {
    case Access::World:
    case Access::Anybody:
        return true;
    case Access::Superuser:
        return isSuperuser(authId);
    case Access::Privilege:
        break;
    }
    QString where = m_access.path;
    for (const auto &[name, value] : path)
        where.replace(u'{' + name + u'}', value);
    return mayAny(state, authId, where, m_access.privileges);
}

Route &Routes::add(const QString &spec, const QString &parameters, Handler handler)
{
    m_routes.push_back(std::make_unique<Route>(spec, parameters, std::move(handler)));
    return *m_routes.back();
}

void Routes::index(const QString &path, const QString &names)
{
    QJsonArray list;
    for (const QString &name : names.split(u' '))
        list.append(QJsonObject { { u"subdir"_s, name } });
    add(u"GET "_s + path, u"…"_s, [list](const CallPtr &) { return ok(list); });
}

const Route *Routes::find(const QByteArray &method, const QStringList &path) const
{
    for (const auto &route : m_routes)
        if (route->matches(method, path))
            return route.get();
    return nullptr;
}

// --- words -------------------------------------------------------------------------------------------------

namespace {

const QByteArray Json = "application/json;charset=UTF-8";

HttpResponse plain(const Reply &reply)
{
    HttpResponse response;
    response.status = reply.status;
    response.type = Json;
    if (reply.status != 200) {
        const QString text
            = reply.parameterErrors.isEmpty() ? reply.error : parameterErrorText(reply.parameterErrors);
        response.body = text.toUtf8();
        return response;
    }
    QJsonObject envelope = reply.beside;
    envelope[u"data"_s] = reply.data;
    response.body = QJsonDocument(envelope).toJson(QJsonDocument::Compact);
    return response;
}

HttpResponse extjs(const Reply &reply)
{
    QJsonObject envelope = reply.beside;
    if (reply.status == 200) {
        envelope[u"data"_s] = reply.data;
        envelope[u"success"_s] = true;
    } else {
        QJsonObject errors;
        for (const auto &[name, text] : reply.parameterErrors)
            errors[name] = text;
        envelope[u"errors"_s] = errors;
        envelope[u"message"_s]
            = reply.parameterErrors.isEmpty() ? reply.error : u"parameter verification errors"_s;
        envelope[u"success"_s] = false;
    }
    envelope[u"status"_s] = reply.status;
    HttpResponse response;
    response.type = Json;
    response.body = QJsonDocument(envelope).toJson(QJsonDocument::Compact);
    return response;
}

HttpResponse render(const Reply &reply, bool asExtjs)
{
    HttpResponse response;
    if (reply.raw) {
        response.type = reply.rawType;
        response.body = *reply.raw;
    } else {
        response = asExtjs ? extjs(reply) : plain(reply);
        if (!reply.type.isEmpty())
            response.type = reply.type;
    }
    response.headers = reply.headers;
    response.stream = reply.stream;
    return response;
}

HttpResponse bare(int status, const QString &text)
{
    HttpResponse response;
    response.status = status;
    response.body = text.toUtf8();
    return response;
}

TextPairs pairsOf(const QByteArray &encoded)
{
    TextPairs result;
    for (const QByteArray &part : encoded.split('&')) {
        if (part.isEmpty())
            continue;
        const auto equals = part.indexOf('=');
        const auto decode = [](QByteArray text) {
            return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
        };
        result.append({ decode(equals < 0 ? part : part.left(equals)),
            equals < 0 ? QString() : decode(part.mid(equals + 1)) });
    }
    return result;
}

// What serde_json would say of the commonest mistakes.
QString jsonComplaint(const QByteArray &body, const QJsonParseError &error)
{
    const QByteArray text = body.trimmed();
    if (text.startsWith('{') && text.size() > 1 && text[1] != '"')
        return u"key must be a string at line 1 column 2"_s;
    const QByteArray before = body.left(error.offset);
    return u"expected value at line %1 column %2"_s.arg(before.count('\n') + 1)
        .arg(before.size() - before.lastIndexOf('\n'));
}

tl::expected<Verified, QString> parametersOf(
    const HttpRequest &request, const Schema &schema, const TextPairs &path)
{
    const QByteArray type = request.headers.value("content-type").split(';').first().trimmed().toLower();
    if (request.bodyTooLarge)
        return tl::unexpected(u"Request body too large"_s);
    if (type == "application/json") {
        QJsonParseError error;
        const auto document = QJsonDocument::fromJson(request.body, &error);
        if (error.error != QJsonParseError::NoError && !request.body.isEmpty())
            return tl::unexpected(jsonComplaint(request.body, error));
        return verifyJson(schema, document.object(), path);
    }
    const bool isForm = type.isEmpty() || type == "application/x-www-form-urlencoded";
    if (!isForm)
        return tl::unexpected(u"unsupported content type Ok(\"%1\")"_s.arg(QString::fromLatin1(type)));
    TextPairs given = pairsOf(request.query());
    given += pairsOf(request.body);
    given += path;
    return verifyTexts(schema, given);
}

// The parts behind /api2/FORMAT, decoded.
QStringList partsOf(const QByteArray &path)
{
    QStringList parts;
    for (const QByteArray &part : path.split('/'))
        if (!part.isEmpty())
            parts.append(QString::fromUtf8(QByteArray::fromPercentEncoding(part)));
    return parts;
}

} // namespace

// --- dispatch ----------------------------------------------------------------------------------------------

Dispatcher::Dispatcher(Site &site)
    : m_site(site)
{
    addAllRoutes(m_routes);
}

void Dispatcher::answer(const HttpRequest &request, std::function<void(HttpResponse, int delayMs)> done) const
{
    QStringList path = partsOf(request.path());
    const QString format = path.value(1);
    if (path.value(0) != u"api2")
        return done(bare(404, u"Path '%1' not found."_s.arg(QString::fromUtf8(request.path()))), 0);
    if (format != u"json" && format != u"extjs")
        return done(bare(400, u"Unsupported output format '%1'."_s.arg(format)), 0);
    path = path.mid(2);
    const bool asExtjs = format == u"extjs";
    const auto say = [done, asExtjs](const Reply &reply) { done(render(reply, asExtjs), reply.delayMs); };

    const Route *route = m_routes.find(request.method, path);
    const bool isWorld = route && route->isWorld();
    const auto authId = authenticate(m_site.state, request, m_site.now());
    if (!isWorld && !authId)
        return done(bare(401, u"authentication failed - "_s + authId.error()), 3000);
    if (!route)
        return say(refuse(u"Path '%1' not found."_s.arg(QString::fromUtf8(request.path())), 404));
    const TextPairs inPath = route->pathParameters(path);
    if (!route->allows(m_site.state, authId.value_or(QString()), inPath))
        return say(forbidden());
    if (route->isPrivileged() && m_site.apiDaemonDown)
        return say(
            refuse(u"error trying to connect: tcp connect error: Connection refused (os error 111)"_s));
    const auto verified = parametersOf(request, route->schema(), inPath);
    if (!verified)
        return say(refuse(verified.error()));
    if (!verified->errors.isEmpty()) {
        Reply reply = refuse({});
        reply.parameterErrors = verified->errors;
        return say(reply);
    }
    const auto call = std::make_shared<Call>(
        Call { m_site, authId.value_or(QString()), verified->values, request.method, say });
    const Reply reply = route->handler()(call);
    if (!reply.later)
        say(reply);
}

} // namespace tidemark::standin
