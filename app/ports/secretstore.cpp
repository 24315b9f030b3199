#include "ports/secretstore.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QCoro::Task<Result<Secret>> SecretStore::fromCommand(QString, std::stop_token)
{
    co_return failure(ErrorKind::Invalid, u"secrets.no-command"_s, u"commands are not run here"_s);
}

QCoro::Task<Result<Secret>> secretFor(
    std::shared_ptr<SecretStore> store, QString name, QString command, std::stop_token stop)
{
    if (!command.isEmpty()) {
        auto printed = co_await store->fromCommand(command, stop);
        if (printed || name.isEmpty() || stop.stop_requested())
            co_return printed;
    }
    auto kept = co_await store->read(name, stop);
    co_return kept;
}

} // namespace tidemark
