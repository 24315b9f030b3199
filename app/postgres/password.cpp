#include "postgres/password.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QCoro::Task<Result<std::optional<Secret>>> passwordFor(
    ConnectSpec spec, std::optional<Secret> given, std::shared_ptr<SecretStore> secrets, std::stop_token stop)
{
    if (given)
        co_return given;
    if (spec.secret.isEmpty() && spec.passwordCommand.isEmpty())
        co_return std::nullopt;
    if (!secrets)
        co_return failure(ErrorKind::Unreachable, u"pg.no-secret-store"_s, u"no secret store is at hand"_s);
    auto secret = co_await secretFor(secrets, spec.secret, spec.passwordCommand, stop);
    if (!secret)
        co_return tl::unexpected(std::move(secret).error());
    co_return std::optional(std::move(*secret));
}

} // namespace tidemark
