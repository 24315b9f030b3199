#pragma once

#include "values/error.h"
#include "values/secret.h"

#include <QString>
#include <qcorotask.h>

#include <stop_token>

namespace tidemark {

// Where secrets live. They are named ("pbs01 token", "pg/oltp-db"); the fleet file holds names only. A
// missing secret is ErrorKind::NotFound; a keychain that is not there or stays locked is
// ErrorKind::Unreachable, and the caller asks for the secret for this session.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual QCoro::Task<Result<Secret>> read(QString name, std::stop_token stop) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<>> write(QString name, Secret secret, std::stop_token stop) = 0;
    // Removing what is not there succeeds.
    [[nodiscard]] virtual QCoro::Task<Result<>> remove(QString name, std::stop_token stop) = 0;
};

} // namespace tidemark
