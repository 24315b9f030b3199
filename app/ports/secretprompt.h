#pragma once

#include "values/error.h"
#include "values/secret.h"

#include <qcorotask.h>

#include <stop_token>

namespace tidemark {

struct SecretAnswer {
    Secret secret;
    bool keep = false; // write it to the keychain too

    bool operator==(const SecretAnswer &) const = default;
};

// Asks the person for a secret that was found nowhere. At most one question for each name is open at a time;
// a person who says no is not asked for that name again until they ask to be.
class SecretPrompt
{
public:
    virtual ~SecretPrompt() = default;
    // `why` is the error that made the question necessary ("secrets.missing", "secrets.locked" …). Saying no
    // is ErrorKind::Cancelled. A stop request takes the question away.
    [[nodiscard]] virtual QCoro::Task<Result<SecretAnswer>> ask(QString name, Error why, std::stop_token stop)
        = 0;
    // The keychain did not take what the person wanted kept; it holds for this session.
    virtual void couldNotKeep(const QString &name, const Error &error) = 0;
};

} // namespace tidemark
