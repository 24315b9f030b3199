#pragma once

#include "ports/once.h"
#include "ports/secretprompt.h"
#include "ports/secretstore.h"

#include <QSet>

#include <chrono>
#include <map>
#include <memory>
#include <vector>

namespace tidemark {

struct SecretParts {
    std::shared_ptr<SecretStore> session;
    std::shared_ptr<SecretStore> keychain;
    std::shared_ptr<SecretPrompt> prompt; // null: nobody is asked
    std::chrono::milliseconds commandLimit = std::chrono::seconds(30);
};

// The store the console hands out: what was given in this session, then the keychain, then the person. Used
// from the main thread.
class ComposedSecretStore : public SecretStore, public std::enable_shared_from_this<ComposedSecretStore>
{
public:
    explicit ComposedSecretStore(SecretParts parts);

    // A name the person refused to answer for is "secrets.declined" until askAgain().
    QCoro::Task<Result<Secret>> read(QString name, std::stop_token stop) override;
    // To the keychain. Where that cannot be, the secret holds for this session and the error is told.
    QCoro::Task<Result<>> write(QString name, Secret secret, std::stop_token stop) override;
    QCoro::Task<Result<>> remove(QString name, std::stop_token stop) override;
    QCoro::Task<Result<Secret>> fromCommand(QString command, std::stop_token stop) override;

    // Forgets what was given, or refused, in this session: a server turned it down, or the person wants to.
    QCoro::Task<Result<>> askAgain(QString name);

private:
    QCoro::Task<Result<Secret>> ask(QString name, Error why, std::stop_token stop);
    QCoro::Task<Result<Secret>> askPerson(QString name, Error why, std::stop_token stop);
    QCoro::Task<Result<>> keep(QString name, SecretAnswer answer);

    SecretParts m_parts;
    QSet<QString> m_declined;
    std::map<QString, std::vector<Once<Result<Secret>>>> m_asking; // those who wait for the same question
};

[[nodiscard]] std::shared_ptr<ComposedSecretStore> makeComposedSecretStore(SecretParts parts);

} // namespace tidemark
