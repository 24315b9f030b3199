#include "pbs/session.h"

#include "pbs/decode.h"
#include "pbs/fault.h"
#include "pbs/totp.h"
#include "pbs/trust.h"
#include "ports/sleep.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView PartialMark = u"PBS:!tfa!";

Instant localNow()
{
    return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000);
}

Call loginCall(Params params, std::chrono::milliseconds limit)
{
    return { .method = Method::Post,
        .path = { u"access"_s, u"ticket"_s },
        .params = std::move(params),
        .limit = limit,
        .anonymous = true };
}

// The kinds of second factor a partial ticket asks for: PBS:!tfa!{"totp"%3Atrue}:time::signature
QStringList factorsOf(const QString &ticket)
{
    const QString rest = ticket.mid(PartialMark.size());
    const QByteArray json = QByteArray::fromPercentEncoding(rest.left(rest.indexOf(u':')).toUtf8());
    return QJsonDocument::fromJson(json).object().keys();
}

Error factorNeeded(const QStringList &factors)
{
    return { ErrorKind::Denied, u"pbs.second-factor"_s,
        u"a second factor is asked for: "_s + factors.join(u", "_s) };
}

} // namespace

Session::Session(std::shared_ptr<Connections> connections, Endpoint endpoint, SessionLimits limits)
    : m_connections(std::move(connections))
    , m_endpoint(std::move(endpoint))
    , m_limits(limits)
{
}

Result<HttpRequest> Session::requestFor(const Call &call) const
{
    const auto path = call.encodedPath();
    if (!path)
        return tl::unexpected(path.error());
    const bool inBody = travelsInBody(call.method);
    const QByteArray params = encoded(call.params);
    QByteArray address = m_endpoint.base.toEncoded() + "/api2/json" + *path;
    if (!inBody && !params.isEmpty())
        address += '?' + params;
    HttpRequest request { .method = call.method,
        .url = QUrl::fromEncoded(address, QUrl::StrictMode),
        .body = inBody ? params : QByteArray(),
        .limit = call.limit };
    if (inBody)
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    if (!call.anonymous)
        addCredential(request);
    return request;
}

void Session::addCredential(HttpRequest &request) const
{
    if (const auto *token = std::get_if<TokenAuth>(&m_endpoint.auth))
        request.headers.emplace_back(
            "Authorization", "PBSAPIToken=" + token->id.toUtf8() + ':' + token->secret.reveal());
    if (!m_ticket)
        return;
    request.headers.emplace_back("Cookie", "PBSAuthCookie=" + QUrl::toPercentEncoding(m_ticket->ticket));
    if (request.method != Method::Get)
        request.headers.emplace_back("CSRFPreventionToken", m_ticket->csrf.toUtf8());
}

QCoro::Task<Result<HttpAnswer>> Session::send(Call call, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto request = requestFor(call);
    if (!request)
        co_return tl::unexpected(request.error());
    auto answer = co_await exchange(m_connections, m_endpoint.fingerprint, *request, stop);
    if (!answer && call.method == Method::Get && connectionLost(answer.error()))
        answer = co_await exchange(m_connections, m_endpoint.fingerprint, *request, stop);
    co_return answer;
}

bool Session::isReady() const
{
    if (!m_version)
        return false;
    if (!std::holds_alternative<PasswordAuth>(m_endpoint.auth))
        return true;
    return m_ticket && m_ticketAge.elapsed() < m_limits.renewAfter.count();
}

void Session::keep(Ticket ticket)
{
    m_ticket = std::move(ticket);
    m_ticketAge.start();
}

bool Session::forget(const QString &refusedTicket)
{
    if (m_ticket && m_ticket->ticket == refusedTicket)
        m_ticket.reset();
    if (!m_ticket)
        m_version.reset();
    return !refusedTicket.isEmpty();
}

QCoro::Task<Result<Version>> Session::ready(std::stop_token stop)
{
    const auto self = shared_from_this();
    while (!isReady()) {
        Result<> outcome;
        const bool first = m_turnstile.enter();
        if (first) {
            outcome = co_await prove(stop);
            m_turnstile.leave(outcome);
        } else {
            outcome = co_await m_turnstile.wait(stop);
        }
        if (!outcome)
            co_return tl::unexpected(outcome.error());
        if (first)
            break;
    }
    // A copy: what is named after co_return is moved from, members too.
    const Version known = *m_version;
    co_return known;
}

QCoro::Task<Result<>> Session::prove(std::stop_token stop)
{
    const auto self = shared_from_this();
    if (std::holds_alternative<std::monostate>(m_endpoint.auth))
        co_return failure(
            ErrorKind::Denied, u"pbs.no-credential"_s, u"neither token nor password is given"_s);
    if (std::holds_alternative<PasswordAuth>(m_endpoint.auth)) {
        auto loggedIn = co_await renew(stop);
        if (!loggedIn)
            co_return loggedIn;
    }
    if (m_version)
        co_return {};
    auto known = co_await askVersion(stop);
    co_return known;
}

// With a ticket that still counts the password, and the second factor, are not sent again.
QCoro::Task<Result<>> Session::renew(std::stop_token stop)
{
    const auto self = shared_from_this();
    const bool renewable = m_ticket && m_ticketAge.elapsed() < m_limits.renewUntil.count();
    if (renewable) {
        const Params params { { u"username"_s, m_ticket->user }, { u"password"_s, m_ticket->ticket } };
        auto ticket = co_await askForTicket(params, stop);
        if (ticket) {
            keep(*std::move(ticket));
            co_return {};
        }
        if (ticket.error().kind != ErrorKind::Denied)
            co_return tl::unexpected(ticket.error());
    }
    m_ticket.reset();
    auto loggedIn = co_await logIn(stop);
    co_return loggedIn;
}

QCoro::Task<Result<>> Session::logIn(std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto &auth = std::get<PasswordAuth>(m_endpoint.auth);
    const Params params { { u"username"_s, auth.user },
        { u"password"_s, QString::fromUtf8(auth.password.reveal()) } };
    auto ticket = co_await askForTicket(params, stop);
    if (ticket && ticket->ticket.startsWith(PartialMark))
        ticket = co_await secondFactor(*ticket, stop);
    if (!ticket)
        co_return tl::unexpected(ticket.error());
    keep(*std::move(ticket));
    co_return {};
}

QCoro::Task<Result<Ticket>> Session::askForTicket(Params params, std::stop_token stop)
{
    const auto self = shared_from_this();
    const Call call = loginCall(std::move(params), m_limits.loginLimit);
    auto answer = co_await send(call, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (const auto fault = faultOf(*answer))
        co_return tl::unexpected(*fault);
    if (answer->date)
        m_serverAhead = *answer->date - localNow();
    auto ticket = decode<Ticket>(answer->body);
    if (!ticket)
        co_return tl::unexpected(ticket.error());
    co_return ticket->data;
}

// The code of the server's time, not of ours; and never the same code twice, which the server refuses.
QCoro::Task<Result<Ticket>> Session::secondFactor(Ticket partial, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto &auth = std::get<PasswordAuth>(m_endpoint.auth);
    const QStringList factors = factorsOf(partial.ticket);
    if (!auth.totpSeed || !factors.contains(u"totp"_s))
        co_return tl::unexpected(factorNeeded(factors));
    const auto seed = TotpSeed::parse(*auth.totpSeed);
    if (!seed)
        co_return tl::unexpected(seed.error());
    Instant now = localNow() + m_serverAhead;
    if (seed->step(now) <= m_lastTotpStep) {
        const Instant next = Instant::fromSeconds((m_lastTotpStep + 1) * seed->period.count());
        const auto pause = std::chrono::ceil<std::chrono::milliseconds>(next - now);
        const bool whole = co_await sleepOr(pause, stop);
        if (!whole)
            co_return tl::unexpected(cancelledError());
        now = next;
    }
    m_lastTotpStep = seed->step(now);
    const QByteArray code = "totp:" + seed->code(m_lastTotpStep);
    const Params params { { u"username"_s, auth.user }, { u"password"_s, QString::fromLatin1(code) },
        { u"tfa-challenge"_s, partial.ticket } };
    auto ticket = co_await askForTicket(params, stop);
    if (!ticket && ticket.error().code == u"pbs.auth-failed"_s)
        ticket.error().detail += u" (the second factor was refused)"_s;
    co_return ticket;
}

QCoro::Task<Result<>> Session::askVersion(std::stop_token stop)
{
    const auto self = shared_from_this();
    const Call call { .path = { u"version"_s } };
    auto answer = co_await send(call, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (const auto fault = faultOf(*answer))
        co_return tl::unexpected(*fault);
    auto version = decode<Version>(answer->body);
    if (!version)
        co_return tl::unexpected(version.error());
    m_version = version->data;
    co_return {};
}

QCoro::Task<Result<HttpAnswer>> Session::perform(Call call, std::stop_token stop)
{
    const auto self = shared_from_this();
    constexpr int unauthorized = 401;
    for (int attempt = 0;; ++attempt) {
        if (!call.anonymous) {
            auto known = co_await ready(stop);
            if (!known)
                co_return tl::unexpected(known.error());
        }
        const QString ticket = m_ticket ? m_ticket->ticket : QString();
        auto answer = co_await send(call, stop);
        const bool refused = answer && answer->status == unauthorized && !call.anonymous;
        if (!refused || !forget(ticket) || attempt > 0)
            co_return answer;
    }
}

} // namespace tidemark::pbs
