#pragma once

#include "values/error.h"
#include "values/secret.h"

#include <QString>
#include <qcorotask.h>

#include <memory>
#include <stop_token>

namespace tidemark {

// Where secrets live. They are named ("pbs01 token", "pg/oltp-db"); the fleet file holds names only. A
// missing secret is ErrorKind::NotFound, "secrets.missing"; a keychain that is not there or stays locked is
// ErrorKind::Unreachable, "secrets.no-keychain" or "secrets.locked". Names are any text but an empty one and
// one with a NUL character ("secrets.name"); secrets are any bytes up to 64 KiB but none ("secrets.size").
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual QCoro::Task<Result<Secret>> read(QString name, std::stop_token stop) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<>> write(QString name, Secret secret, std::stop_token stop) = 0;
    // Removing what is not there succeeds.
    [[nodiscard]] virtual QCoro::Task<Result<>> remove(QString name, std::stop_token stop) = 0;
    // What a password command prints, less one newline at its end; nothing is kept. Stores that run no
    // commands answer "secrets.no-command".
    [[nodiscard]] virtual QCoro::Task<Result<Secret>> fromCommand(QString command, std::stop_token stop);
};

// The secret a fleet file names by a password command, a name, or both: the command first, and when it fails
// or there is none, the name.
[[nodiscard]] QCoro::Task<Result<Secret>> secretFor(
    std::shared_ptr<SecretStore> store, QString name, QString command, std::stop_token stop);

} // namespace tidemark
