#include "ports/once.h"
#include "secrets/acceptable.h"
#include "secrets/keychainstate.h"
#include "secrets/secrets.h"

#include <QStringDecoder>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <string.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct JobEnd {
    QKeychain::Error error = QKeychain::NoError;
    QString words;
    Secret secret;
    bool tookTooLong = false;
    bool stopped = false;
};

const QString &service()
{
    static const QString name = u"tidemark"_s;
    return name;
}

// QtKeychain frees its buffer as it is; the job is done with it, so it is wiped for both of us.
Secret takeOver(const QKeychain::ReadPasswordJob &job)
{
    const QByteArray shared = job.binaryData();
    Secret secret(QByteArray(shared.constData(), shared.size()));
    explicit_bzero(const_cast<char *>(shared.constData()), static_cast<std::size_t>(shared.size()));
    return secret;
}

JobEnd endOf(QKeychain::Job *job)
{
    JobEnd end { .error = job->error(), .words = job->errorString() };
    const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(job);
    if (reading != nullptr && end.error == QKeychain::NoError)
        end.secret = takeOver(*reading);
    return end;
}

// Runs the job to its end, the limit or the stop request. QtKeychain cannot take a job back: one that is
// given up ends by itself, unheard.
QCoro::Task<JobEnd> finish(QKeychain::Job *job, std::chrono::milliseconds limit, std::stop_token stop)
{
    const Once<JobEnd> done;
    job->setInsecureFallback(false);
    QObject::connect(
        job, &QKeychain::Job::finished, job, [done](QKeychain::Job *ended) { done.settle(endOf(ended)); });
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(
        &timer, &QTimer::timeout, &timer, [done] { done.settle(JobEnd { .tookTooLong = true }); });
    const std::stop_callback onStop(stop, [done] { done.settle(JobEnd { .stopped = true }); });
    timer.start(limit);
    job->start();
    auto end = co_await done;
    co_return end;
}

Error lockedKeychain(const QString &words)
{
    return { ErrorKind::Unreachable, u"secrets.locked"_s, words };
}

// Why the keychain did not do what it was asked. A locked collection answers "not found" to reading, and
// success to removing.
QCoro::Task<Result<>> judge(QString name, JobEnd end)
{
    if (end.stopped)
        co_return failure(ErrorKind::Cancelled, u"secrets.cancelled"_s, u"stopped"_s);
    if (end.tookTooLong)
        co_return tl::unexpected(lockedKeychain(u"the keychain did not answer in time"_s));
    const KeychainState state = co_await askKeychainState();
    if (state == KeychainState::Locked)
        co_return tl::unexpected(lockedKeychain(end.words));
    if (end.error == QKeychain::NoError)
        co_return Result<>();
    if (end.error == QKeychain::EntryNotFound)
        co_return tl::unexpected(missingSecret(name));
    if (end.error == QKeychain::NoBackendAvailable || state == KeychainState::Absent)
        co_return failure(ErrorKind::Unreachable, u"secrets.no-keychain"_s, end.words);
    if (end.error == QKeychain::AccessDenied || end.error == QKeychain::AccessDeniedByUser)
        co_return failure(ErrorKind::Denied, u"secrets.denied"_s, end.words);
    co_return failure(ErrorKind::Internal, u"secrets.keychain"_s, end.words);
}

class KeychainSecretStore : public SecretStore
{
public:
    explicit KeychainSecretStore(std::chrono::milliseconds limit)
        : m_limit(limit)
    {
    }

    QCoro::Task<Result<Secret>> read(QString name, std::stop_token stop) override
    {
        return readFrom(std::move(name), m_limit, std::move(stop));
    }
    QCoro::Task<Result<>> write(QString name, Secret secret, std::stop_token stop) override
    {
        return writeTo(std::move(name), std::move(secret), m_limit, std::move(stop));
    }
    QCoro::Task<Result<>> remove(QString name, std::stop_token stop) override
    {
        return removeFrom(std::move(name), m_limit, std::move(stop));
    }

private:
    // Static, so that a store that goes while the keychain is thinking is nobody's concern.
    static QCoro::Task<Result<Secret>> readFrom(
        QString name, std::chrono::milliseconds limit, std::stop_token stop)
    {
        if (auto good = acceptableName(name); !good)
            co_return tl::unexpected(std::move(good).error());
        auto *job = new QKeychain::ReadPasswordJob(service());
        job->setKey(name);
        auto end = co_await finish(job, limit, stop);
        if (end.error == QKeychain::NoError && !end.secret.isEmpty())
            co_return end.secret;
        auto judged = co_await judge(name, end);
        if (judged)
            judged = tl::unexpected(missingSecret(name));
        co_return tl::unexpected(std::move(judged).error());
    }

    static QCoro::Task<Result<>> writeTo(
        QString name, Secret secret, std::chrono::milliseconds limit, std::stop_token stop)
    {
        if (auto good = acceptable(name, secret); !good)
            co_return good;
        auto *job = new QKeychain::WritePasswordJob(service());
        job->setKey(name);
        // As text where it is text: people then read it in Seahorse, and put it there with secret-tool.
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(secret.reveal());
        const bool binary = decoder.hasError() || text.contains(QChar(u'\0'));
        if (binary)
            job->setBinaryData(secret.reveal());
        else
            job->setTextData(text);
        if (binary) {
            // An older text entry of this name would be found before the binary one.
            auto removed = co_await removeFrom(name, limit, stop);
            if (!removed) {
                job->deleteLater();
                co_return removed;
            }
        }
        auto end = co_await finish(job, limit, stop);
        auto judged = co_await judge(name, end);
        co_return judged;
    }

    static QCoro::Task<Result<>> removeFrom(
        QString name, std::chrono::milliseconds limit, std::stop_token stop)
    {
        if (auto good = acceptableName(name); !good)
            co_return good;
        auto *job = new QKeychain::DeletePasswordJob(service());
        job->setKey(name);
        auto end = co_await finish(job, limit, stop);
        auto judged = co_await judge(name, end);
        if (!judged && judged.error().kind == ErrorKind::NotFound)
            judged = Result<>();
        co_return judged;
    }

    std::chrono::milliseconds m_limit;
};

} // namespace

std::shared_ptr<SecretStore> makeKeychainSecretStore(std::chrono::milliseconds limit)
{
    return std::make_shared<KeychainSecretStore>(limit);
}

} // namespace tidemark
