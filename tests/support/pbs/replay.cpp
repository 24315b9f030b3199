#include "support/pbs/replay.h"

#include "pbs/exchange.h"
#include "replaycalls.h"
#include "support/pbs/print.h"
#include "support/pbs/scriptedserver.h"
#include "support/settle.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QRegularExpression>

#include <algorithm>
#include <memory>

namespace tidemark::test {

using namespace Qt::StringLiterals;

namespace {

const QByteArray VersionBody = R"({"data":{"release":"4","repoid":"r","version":"3.2"}})";
const QByteArray LoginPath = "/api2/json/access/ticket";
const QByteArray VersionPath = "/api2/json/version";

QString headerOf(const Recording &r, const QString &name)
{
    for (auto it = r.requestHeaders.begin(); it != r.requestHeaders.end(); ++it)
        if (it.key().compare(name, Qt::CaseInsensitive) == 0)
            return it.value();
    return {};
}

QString cookieTicket(const QString &cookie)
{
    const QString name = u"PBSAuthCookie="_s;
    return cookie.startsWith(name) ? QUrl::fromPercentEncoding(cookie.mid(name.size()).toUtf8()) : QString();
}

// Token, ticket or nobody: in the one form the client uses. Nothing: it never asks like that.
std::optional<pbs::Auth> authOf(const Recording &r)
{
    static const QRegularExpression token(uR"(\APBSAPIToken=([^:]+![^:]+):(.+)\z)"_s);
    const QString authorization = headerOf(r, u"Authorization"_s);
    const QString cookie = headerOf(r, u"Cookie"_s);
    const auto match = token.match(authorization);
    if (!authorization.isEmpty() && (!match.hasMatch() || !cookie.isEmpty()))
        return std::nullopt;
    if (match.hasMatch())
        return pbs::TokenAuth { match.captured(1), Secret(match.captured(2).toUtf8()) };
    if (cookie.isEmpty())
        return pbs::Auth();
    const bool unguarded = r.method != "GET" && headerOf(r, u"CSRFPreventionToken"_s).isEmpty();
    const QString ticket = cookieTicket(cookie);
    if (ticket.isEmpty() || ticket.startsWith(u"PBS:!tfa!"_s) || unguarded)
        return std::nullopt;
    return pbs::PasswordAuth { u"someone@pbs"_s, Secret("pw"), std::nullopt };
}

QByteArray loginAnswer(const Recording &r)
{
    const QString csrf = headerOf(r, u"CSRFPreventionToken"_s);
    const QJsonObject data { { u"username"_s, u"someone@pbs"_s },
        { u"ticket"_s, cookieTicket(headerOf(r, u"Cookie"_s)) },
        { u"CSRFPreventionToken"_s, csrf.isEmpty() ? u"unused"_s : csrf } };
    return QJsonDocument(QJsonObject { { u"data"_s, data } }).toJson(QJsonDocument::Compact);
}

QString normal(const QByteArray &method, const QByteArray &path, const Pairs &pairs, const QString &auth)
{
    static const QStringList switches { u"dry-run"_s, u"protected"_s, u"verbose"_s, u"running"_s,
        u"errors"_s };
    QStringList lines;
    for (const auto &[name, value] : pairs) {
        if (name == u"ns"_s && value.isEmpty())
            continue;
        const bool on = switches.contains(name) && value == u"1"_s;
        lines << name + u'=' + (on ? u"true"_s : value);
    }
    lines.sort();
    return QString::fromLatin1(method) + u" /"_s + segmentsOf(path).join(u'/') + u" ["_s + auth + u"]\n  "_s
        + lines.join(u"\n  "_s);
}

QString authLine(const QString &authorization, const QString &cookie, const QString &csrf)
{
    return QStringList { authorization, cookieTicket(cookie), csrf }.join(u' ').trimmed();
}

QString recordedRequest(const Recording &r)
{
    const bool json = headerOf(r, u"Content-Type"_s) == u"application/json"_s;
    const QString csrf = r.method == "GET" ? QString() : headerOf(r, u"CSRFPreventionToken"_s);
    return normal(r.method, r.path, pairsOf(r.query, r.requestBody, json),
        authLine(headerOf(r, u"Authorization"_s), headerOf(r, u"Cookie"_s), csrf));
}

QString sentRequest(const HttpRequestSeen &seen)
{
    const auto header
        = [&seen](const QByteArray &name) { return QString::fromUtf8(seen.headers.value(name)); };
    return normal(seen.method, seen.path, pairsOf(seen.query, seen.body, false),
        authLine(header("authorization"), header("cookie"), header("csrfpreventiontoken")));
}

// The data of an answer the client has no value for.
QString rawOutcome(const Result<QByteArray> &body)
{
    if (!body)
        return Printer::of(body.error());
    const QJsonDocument document = QJsonDocument::fromJson(*body);
    const QByteArray shown = document.isNull() ? *body : document.toJson(QJsonDocument::Compact);
    return u"raw "_s + Printer::text(QString::fromUtf8(shown));
}

std::unique_ptr<ScriptedServer> &heldServer()
{
    static std::unique_ptr<ScriptedServer> held;
    return held;
}

// One for all recordings, from the first one to the application's end.
ScriptedServer &server()
{
    auto &held = heldServer();
    if (!held) {
        held = std::make_unique<ScriptedServer>();
        qAddPostRoutine([] { heldServer().reset(); });
    }
    return *held;
}

pbs::Endpoint endpointFor(const pbs::Auth &auth)
{
    return { *pbs::parseBase(server().url()), server().fingerprint(), auth };
}

std::shared_ptr<pbs::Client> clientFor(const pbs::Auth &auth, pbs::SessionLimits limits = {})
{
    return std::make_shared<pbs::Client>(std::make_shared<pbs::Connections>(), endpointFor(auth), limits);
}

// What the client asks on its own is answered by itself: the login, and the version after it.
void serve(const Recording &r, bool signedIn)
{
    auto versions = std::make_shared<int>(0);
    server().setScript([=, &r](const HttpRequestSeen &seen) {
        if (signedIn && seen.path == LoginPath && seen.method == "POST")
            return answer(loginAnswer(r));
        const bool proof = signedIn && seen.path == VersionPath && seen.method == "GET"
            && (r.path != VersionPath || r.method != "GET" || ++*versions % 2 == 1);
        return proof ? answer(VersionBody) : Act { r.answerBytes() };
    });
}

pbs::Call rawCall(const Recording &r, bool anonymous)
{
    const pbs::Method methods[]
        = { pbs::Method::Get, pbs::Method::Post, pbs::Method::Put, pbs::Method::Delete };
    pbs::Call call;
    for (const pbs::Method method : methods)
        if (pbs::verb(method) == r.method)
            call.method = method;
    const bool json = headerOf(r, u"Content-Type"_s) == u"application/json"_s;
    call.path = segmentsOf(r.path);
    call.params = pairsOf(r.query, r.requestBody, json);
    call.anonymous = anonymous;
    return call;
}

bool canBeMade(const Recording &r)
{
    const bool verb = r.method == "GET" || r.method == "POST" || r.method == "PUT" || r.method == "DELETE";
    return verb && r.path.startsWith("/api2/json") && !r.path.endsWith('/');
}

Replayed byAnswerOnly(const Recording &r)
{
    serve(r, false);
    pbs::HttpRequest request;
    const QByteArray query = r.query.isEmpty() ? QByteArray() : '?' + r.query;
    request.url = QUrl::fromEncoded(server().url().toLatin1() + r.path + query);
    for (auto it = r.requestHeaders.begin(); it != r.requestHeaders.end(); ++it)
        request.headers.emplace_back(it.key().toUtf8(), it.value().toUtf8());
    const auto got
        = settle(pbs::exchange(std::make_shared<pbs::Connections>(), server().fingerprint(), request, {}));
    if (!got)
        return { Way::AnswerOnly, u"hung"_s, {}, {} };
    Result<QByteArray> body = got->has_value() ? Result<QByteArray>(got->value().body)
                                               : Result<QByteArray>(tl::unexpected(got->error()));
    if (const auto fault = got->has_value() ? pbs::faultOf(**got) : std::nullopt)
        body = tl::unexpected(*fault);
    return { Way::AnswerOnly, rawOutcome(body), {}, {} };
}

Replayed asked(Way way, const Recording &r, const QString &outcome)
{
    const auto seen = server().requests();
    const auto last = std::find_if(seen.rbegin(), seen.rend(), [&](const HttpRequestSeen &one) {
        return one.method == r.method && segmentsOf(one.path) == segmentsOf(r.path);
    });
    return { way, outcome, last == seen.rend() ? u"nothing"_s : sentRequest(*last), recordedRequest(r) };
}

QString loginOutcome(const std::shared_ptr<pbs::Client> &client)
{
    const auto version = settle(client->knownVersion({}));
    if (!version)
        return u"hung"_s;
    if (!*version)
        return Printer::of(version->error());
    const QByteArray cookie = server().requests().back().headers.value("cookie");
    return u"logged in as "_s + cookieTicket(QString::fromUtf8(cookie));
}

// The recorded answer stands for the last login request; the first step of a second factor and the login
// before a renewal are made up.
Replayed byLogin(const Recording &r)
{
    const bool json = headerOf(r, u"Content-Type"_s) == u"application/json"_s;
    RecordedFields fields(pairsOf({}, r.requestBody, json), {});
    const QString user = fields.needed(u"username"_s);
    const QString password = fields.needed(u"password"_s);
    const QString challenge = fields.text(u"tfa-challenge"_s);
    const bool renewal = challenge.isEmpty() && password.startsWith(u"PBS:"_s);
    const QString before = renewal ? password : challenge;
    int logins = 0;
    server().setScript([&](const HttpRequestSeen &seen) {
        if (seen.path != LoginPath)
            return answer(VersionBody);
        const bool madeUp = !before.isEmpty() && logins++ != 1;
        if (!madeUp)
            return Act { r.answerBytes() };
        const QJsonObject data { { u"username"_s, user }, { u"ticket"_s, before },
            { u"CSRFPreventionToken"_s, u"invalid"_s } };
        return answer(QJsonDocument(QJsonObject { { u"data"_s, data } }).toJson());
    });
    pbs::PasswordAuth auth { user, Secret(renewal ? "pw" : password.toUtf8()), std::nullopt };
    if (!challenge.isEmpty()) {
        auth.password = Secret("pw");
        auth.totpSeed = Secret("FAKETOTPSECRETFAKETOTPSECRET2222");
    }
    pbs::SessionLimits limits;
    if (renewal)
        limits.renewAfter = std::chrono::milliseconds(0);
    const auto client = clientFor(auth, limits);
    if (renewal)
        (void)settle(client->knownVersion({}));
    const std::size_t from = server().requests().size();
    QString outcome = loginOutcome(client);
    const auto seen = server().requests();
    if (renewal)
        outcome = seen.size() - from == 1 ? u"renewed"_s : u"refused, then logged in with the password"_s;
    // Of two steps the second is the recorded one; of a renewal the first, before a refused one is mended.
    const auto logIns = [&](std::size_t index) {
        std::vector<HttpRequestSeen> out;
        std::copy_if(seen.begin() + static_cast<std::ptrdiff_t>(from), seen.end(), std::back_inserter(out),
            [](const HttpRequestSeen &one) { return one.path == LoginPath; });
        return index < out.size() ? sentRequest(out[index]) : u"nothing"_s;
    };
    static const QRegularExpression code(u"totp:[0-9]{6}"_s);
    const auto withoutCode = [](QString text) { return text.replace(code, u"totp:000000"_s); };
    return { Way::Typed, outcome, withoutCode(logIns(challenge.isEmpty() ? 0 : 1)),
        withoutCode(recordedRequest(r)) };
}

bool isLogin(const Recording &r)
{
    return r.method == "POST" && r.path == LoginPath && r.requestBody.contains("username")
        && r.requestBody.contains("password");
}

} // namespace

Replayed replay(const Recording &r)
{
    const auto auth = authOf(r);
    if (!auth || !canBeMade(r))
        return byAnswerOnly(r);
    if (isLogin(r))
        return byLogin(r);
    const bool anonymous = std::holds_alternative<std::monostate>(*auth);
    serve(r, !anonymous);
    const auto client = clientFor(*auth);
    const auto typed = typedCall(r, client);
    if (typed && (!anonymous || r.path == "/api2/json/ping"))
        return asked(Way::Typed, r, typed());
    const auto raw = settle(client->raw(rawCall(r, anonymous), {}));
    return asked(Way::Raw, r, raw ? rawOutcome(*raw) : u"hung"_s);
}

} // namespace tidemark::test
