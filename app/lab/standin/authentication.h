#pragma once

#include "standin/http.h"
#include "standin/state.h"

#include <tl/expected.hpp>

namespace tidemark::standin {

// "PBS:<data>:HEXTIME::<signature>"; the data is a user or "!tfa!<challenge>".
[[nodiscard]] QString makeTicket(
    const State &state, const QString &data, qint64 now, const QString &boundTo = {});
// The data in a ticket that is genuine and neither expired nor from the future, else why not.
[[nodiscard]] tl::expected<QString, QString> checkTicket(
    const State &state, const QString &ticket, qint64 now, qint64 lifetime, const QString &boundTo = {});

[[nodiscard]] QString makeCsrfToken(const State &state, const QString &userId, qint64 now);

// The AUTHID behind a request, else the reason ("missing CSRF prevention token").
[[nodiscard]] tl::expected<QString, QString> authenticate(
    const State &state, const HttpRequest &request, qint64 now);

[[nodiscard]] QString totpCode(const QByteArray &base32Secret, qint64 step);
// Accepts a code of this or a neighbouring half minute, once.
[[nodiscard]] bool takeTotp(User &user, const QString &code, qint64 now);

constexpr qint64 TicketLifetime = 7200;
constexpr qint64 ChallengeLifetime = 600;

} // namespace tidemark::standin
