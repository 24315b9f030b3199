#pragma once

#include "ports/clock.h"
#include "ports/fleetfile.h"
#include "ports/fleetmonitor.h"
#include "ports/once.h"
#include "ports/pbsprobe.h"
#include "ports/practicelab.h"
#include "ports/preferences.h"
#include "ports/secretstore.h"
#include "ports/serverprobe.h"
#include "ports/sessionboard.h"

#include <QHash>
#include <QStringList>

#include <memory>
#include <utility>

// In-memory ports for tests of widgets. Each answers at once with what it was told to; a Gate makes it wait
// until the test lets go, or until its caller asks it to stop.
namespace tidemark::test {

class Gate
{
public:
    void shut() { m_once = std::make_shared<Once<bool>>(); }
    void open()
    {
        if (const auto once = std::exchange(m_once, nullptr))
            once->settle(true);
    }
    // False when stopped.
    [[nodiscard]] static QCoro::Task<bool> pass(std::shared_ptr<Once<bool>> once, std::stop_token stop)
    {
        if (!once)
            co_return !stop.stop_requested();
        const std::stop_callback onStop(stop, [once] { once->settle(false); });
        const bool passed = co_await *once;
        co_return passed;
    }
    [[nodiscard]] std::shared_ptr<Once<bool>> turnstile() const { return m_once; }

private:
    std::shared_ptr<Once<bool>> m_once;
};

[[nodiscard]] inline tl::unexpected<Error> cancelledError()
{
    return failure(ErrorKind::Cancelled, QStringLiteral("test.cancelled"), {});
}

[[nodiscard]] inline tl::unexpected<Error> unreachableError(const QString &what)
{
    return failure(ErrorKind::Unreachable, QStringLiteral("test.unreachable"),
        what + QStringLiteral(": connection refused"));
}

class FakeClock : public Clock
{
public:
    explicit FakeClock(Instant start = Instant::fromSeconds(1'795'183'506)) // 2026-11-20 14:05:06 UTC
        : m_now(start)
    {
    }
    [[nodiscard]] Instant now() const override { return m_now; }
    void set(Instant now) { m_now = now; }
    void advance(std::chrono::microseconds by) { m_now = m_now + by; }

private:
    Instant m_now;
};

class FakeFleetMonitor : public FleetMonitor
{
public:
    [[nodiscard]] FleetState state() const override { return m_state; }
    void follow(Fleet fleet) override { followed.push_back(std::move(fleet)); }
    void refreshNow() override { ++refreshes; }
    void tryNow(QString name) override { tried.append(name); }
    void setState(FleetState state)
    {
        m_state = std::move(state);
        Q_EMIT changed();
    }

    std::vector<Fleet> followed;
    int refreshes = 0;
    QStringList tried;

private:
    FleetState m_state;
};

// What a spec is asked under: its service, else its URI, else its host.
[[nodiscard]] inline QString nameOf(const ConnectSpec &spec)
{
    if (!spec.service.isEmpty())
        return spec.service;
    return spec.uri.isEmpty() ? spec.host : spec.uri;
}

class FakeServerProbe : public ServerProbe
{
public:
    [[nodiscard]] QCoro::Task<Result<ServerFacts>> probe(
        ConnectSpec spec, std::optional<Host>, std::optional<Secret> password, std::stop_token stop) override
    {
        asked.append(nameOf(spec));
        passwords.push_back(std::move(password));
        const bool passed = co_await Gate::pass(gate.turnstile(), stop);
        if (!passed)
            co_return cancelledError();
        const auto found = answers.constFind(nameOf(spec));
        if (found == answers.cend())
            co_return unreachableError(nameOf(spec));
        co_return *found;
    }

    QHash<QString, Result<ServerFacts>> answers;
    QStringList asked;
    std::vector<std::optional<Secret>> passwords;
    Gate gate;
};

class FakePbsProbe : public PbsProbe
{
public:
    [[nodiscard]] QCoro::Task<Result<CertificateFacts>> certificate(
        QString url, std::stop_token stop) override
    {
        const bool passed = co_await Gate::pass(gate.turnstile(), stop);
        if (!passed)
            co_return cancelledError();
        const auto found = certificates.constFind(url);
        if (found == certificates.cend())
            co_return unreachableError(url);
        co_return *found;
    }
    [[nodiscard]] QCoro::Task<Result<PbsFacts>> probe(
        Source source, std::optional<Secret> secret, std::stop_token stop) override
    {
        asked.push_back(source);
        secrets.push_back(std::move(secret));
        const bool passed = co_await Gate::pass(gate.turnstile(), stop);
        if (!passed)
            co_return cancelledError();
        const auto found = answers.constFind(source.url);
        if (found == answers.cend())
            co_return unreachableError(source.url);
        co_return *found;
    }

    void confirm(const QString &url, const QString &fingerprint) override
    {
        confirmed.append(url + QLatin1Char(' ') + fingerprint);
    }

    QStringList confirmed;
    QHash<QString, Result<CertificateFacts>> certificates;
    QHash<QString, Result<PbsFacts>> answers;
    std::vector<Source> asked;
    std::vector<std::optional<Secret>> secrets;
    Gate gate;
};

// Files by path. An edit answers with `afterEdit` when it is set, else with the file as it is.
class FakeFleetFile : public FleetFile
{
public:
    [[nodiscard]] QCoro::Task<Result<LoadedFleet>> load(QString path, std::stop_token stop) override
    {
        loads.append(path);
        const bool passed = co_await Gate::pass(gate.turnstile(), stop);
        if (!passed)
            co_return cancelledError();
        const auto found = files.constFind(path);
        if (found == files.cend())
            co_return failure(ErrorKind::NotFound, QStringLiteral("fleet.missing"), path);
        co_return *found;
    }
    [[nodiscard]] QCoro::Task<Result<QByteArray>> preview(
        QByteArray before, std::vector<FleetEdit> edits, std::stop_token) override
    {
        previewed = edits;
        if (!edits.empty() && previews)
            co_return previews(before, edits);
        co_return before;
    }
    [[nodiscard]] QCoro::Task<Result<LoadedFleet>> edit(
        QString path, QByteArray before, std::vector<FleetEdit> edits, std::stop_token stop) override
    {
        edited.push_back({ path, before, edits });
        const bool passed = co_await Gate::pass(gate.turnstile(), stop);
        if (!passed)
            co_return cancelledError();
        if (afterEdit)
            co_return *afterEdit;
        co_return files.value(path, LoadedFleet());
    }

    struct Edited {
        QString path;
        QByteArray before;
        std::vector<FleetEdit> edits;
    };
    QHash<QString, Result<LoadedFleet>> files;
    std::optional<Result<LoadedFleet>> afterEdit;
    QStringList loads;
    std::vector<Edited> edited;
    std::vector<FleetEdit> previewed;
    std::function<Result<QByteArray>(QByteArray, std::vector<FleetEdit>)> previews;
    Gate gate;
};

class FakeSecretStore : public SecretStore
{
public:
    [[nodiscard]] QCoro::Task<Result<Secret>> read(QString name, std::stop_token) override
    {
        if (locked)
            co_return unreachableError(QStringLiteral("keychain"));
        const auto found = kept.constFind(name);
        if (found == kept.cend())
            co_return failure(ErrorKind::NotFound, QStringLiteral("secret.missing"), name);
        co_return *found;
    }
    [[nodiscard]] QCoro::Task<Result<>> write(QString name, Secret secret, std::stop_token) override
    {
        if (locked)
            co_return unreachableError(QStringLiteral("keychain"));
        kept.insert(name, std::move(secret));
        co_return Result<>();
    }
    [[nodiscard]] QCoro::Task<Result<>> remove(QString name, std::stop_token) override
    {
        kept.remove(name);
        co_return Result<>();
    }

    QHash<QString, Secret> kept;
    bool locked = false;
};

class FakePracticeLab : public PracticeLab
{
public:
    [[nodiscard]] QCoro::Task<Result<QString>> up(
        QString folder, std::function<void(QString)> line, std::stop_token stop) override
    {
        folders.append(folder);
        for (const QString &said : lines)
            line(said);
        const bool passed = co_await Gate::pass(gate.turnstile(), stop);
        if (!passed)
            co_return cancelledError();
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<>> down(QString, std::stop_token) override { co_return Result<>(); }

    QStringList folders;
    QStringList lines;
    Result<QString> answer = QStringLiteral("/lab/fleet.yaml");
    Gate gate;
};

class FakePreferences : public Preferences
{
public:
    [[nodiscard]] QString text(const QString &key, const QString &fallback) const override
    {
        return texts.value(key, fallback);
    }
    [[nodiscard]] QByteArray bytes(const QString &key) const override { return blobs.value(key); }
    void setText(const QString &key, const QString &value) override { texts.insert(key, value); }
    void setBytes(const QString &key, const QByteArray &value) override { blobs.insert(key, value); }

    QHash<QString, QString> texts;
    QHash<QString, QByteArray> blobs;
};

// Sessions that a test wrote down, and what was decided about them.
class FakeSessionBoard : public SessionBoard
{
public:
    [[nodiscard]] const BoardSessions &sessions() const override { return m_sessions; }
    void lookAgain() override { ++looks; }
    [[nodiscard]] QCoro::Task<Result<QString>> begin(Procedure procedure) override
    {
        begun.push_back(std::move(procedure));
        co_return QStringLiteral("new");
    }
    [[nodiscard]] QCoro::Task<Result<>> goOn(QString id) override
    {
        decisions.append(id + QStringLiteral(" goes on"));
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<>> decide(QString id, SessionAct act, QString text) override
    {
        decisions.append(QStringLiteral("%1 %2 %3").arg(id).arg(int(act)).arg(text));
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<>> abort(QString id, QString) override
    {
        decisions.append(id + QStringLiteral(" aborted"));
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<QByteArray>> evidence(QString, QString name) override
    {
        co_return kept.value(name);
    }
    void show(BoardSession session)
    {
        std::erase_if(m_sessions, [&](const auto &one) { return one->record.id == session.record.id; });
        m_sessions.insert(m_sessions.begin(), std::make_shared<const BoardSession>(std::move(session)));
        Q_EMIT changed();
    }

    int looks = 0;
    std::vector<Procedure> begun;
    QStringList decisions;
    Result<> answer;
    QHash<QString, QByteArray> kept; // evidence by name

private:
    BoardSessions m_sessions;
};

} // namespace tidemark::test
