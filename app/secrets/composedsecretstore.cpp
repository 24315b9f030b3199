#include "secrets/composedsecretstore.h"

#include "secrets/passwordcommand.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// An answer to a question that was taken away by somebody else's stop request is no answer to the others.
bool wasStopped(const Result<Secret> &answer)
{
    return !answer && answer.error().code == u"secrets.cancelled"_s;
}

tl::unexpected<Error> declined(const QString &name)
{
    return failure(ErrorKind::Cancelled, u"secrets.declined"_s, u"nobody gave \"%1\""_s.arg(name));
}

} // namespace

ComposedSecretStore::ComposedSecretStore(SecretParts parts)
    : m_parts(std::move(parts))
{
}

QCoro::Task<Result<Secret>> ComposedSecretStore::read(QString name, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto given = co_await m_parts.session->read(name, stop);
    if (given || given.error().kind != ErrorKind::NotFound)
        co_return given;
    auto kept = co_await m_parts.keychain->read(name, stop);
    if (kept)
        co_return kept;
    const Error why = kept.error();
    const bool worthAsking = why.kind != ErrorKind::Cancelled && why.kind != ErrorKind::Invalid;
    if (!worthAsking || !m_parts.prompt)
        co_return kept;
    auto answer = co_await ask(name, why, stop);
    while (wasStopped(answer) && !stop.stop_requested())
        answer = co_await ask(name, why, stop);
    co_return answer;
}

// Joins the question that is open, or opens it.
QCoro::Task<Result<Secret>> ComposedSecretStore::ask(QString name, Error why, std::stop_token stop)
{
    if (m_declined.contains(name))
        co_return declined(name);
    if (const auto open = m_asking.find(name); open != m_asking.end()) {
        const Once<Result<Secret>> mine;
        open->second.push_back(mine);
        const std::stop_callback onStop(stop,
            [mine] { mine.settle(failure(ErrorKind::Cancelled, u"secrets.cancelled"_s, u"stopped"_s)); });
        auto shared = co_await mine;
        co_return shared;
    }
    m_asking[name] = {};
    auto answer = co_await askPerson(name, why, stop);
    const auto question = m_asking.extract(name);
    for (const Once<Result<Secret>> &waiting : question.mapped())
        waiting.settle(answer);
    co_return answer;
}

QCoro::Task<Result<Secret>> ComposedSecretStore::askPerson(QString name, Error why, std::stop_token stop)
{
    auto answer = co_await m_parts.prompt->ask(name, why, stop);
    if (stop.stop_requested())
        co_return failure(ErrorKind::Cancelled, u"secrets.cancelled"_s, u"stopped"_s);
    if (!answer) {
        m_declined.insert(name);
        co_return declined(name);
    }
    auto given = co_await m_parts.session->write(name, answer->secret, stop);
    if (!given)
        co_return tl::unexpected(std::move(given).error());
    if (answer->keep) {
        auto kept = co_await keep(name, *answer);
        if (!kept)
            m_parts.prompt->couldNotKeep(name, kept.error());
    }
    co_return answer->secret;
}

// Once the keychain has it, the session need not.
QCoro::Task<Result<>> ComposedSecretStore::keep(QString name, SecretAnswer answer)
{
    const std::stop_token never;
    auto kept = co_await m_parts.keychain->write(name, answer.secret, never);
    if (!kept)
        co_return kept;
    auto removed = co_await m_parts.session->remove(name, never);
    co_return removed;
}

QCoro::Task<Result<>> ComposedSecretStore::write(QString name, Secret secret, std::stop_token stop)
{
    const auto self = shared_from_this();
    m_declined.remove(name);
    auto given = co_await m_parts.session->write(name, secret, stop);
    if (!given)
        co_return given;
    auto kept = co_await m_parts.keychain->write(name, secret, stop);
    if (!kept)
        co_return kept;
    auto removed = co_await m_parts.session->remove(name, stop);
    co_return removed;
}

QCoro::Task<Result<>> ComposedSecretStore::remove(QString name, std::stop_token stop)
{
    const auto self = shared_from_this();
    m_declined.remove(name);
    auto given = co_await m_parts.session->remove(name, stop);
    if (!given)
        co_return given;
    auto kept = co_await m_parts.keychain->remove(name, stop);
    co_return kept;
}

QCoro::Task<Result<Secret>> ComposedSecretStore::fromCommand(QString command, std::stop_token stop)
{
    return secretFromCommand(std::move(command), m_parts.commandLimit, std::move(stop));
}

QCoro::Task<Result<>> ComposedSecretStore::askAgain(QString name)
{
    const auto self = shared_from_this();
    const std::stop_token never;
    m_declined.remove(name);
    auto removed = co_await m_parts.session->remove(name, never);
    co_return removed;
}

std::shared_ptr<ComposedSecretStore> makeComposedSecretStore(SecretParts parts)
{
    return std::make_shared<ComposedSecretStore>(std::move(parts));
}

} // namespace tidemark
