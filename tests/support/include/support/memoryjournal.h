#pragma once

#include "ports/hand.h"
#include "ports/sessionjournal.h"

#include <map>

namespace tidemark::test {

class MemorySession : public OpenSession
{
public:
    explicit MemorySession(std::shared_ptr<SessionRecord> record)
        : m_record(std::move(record))
    {
    }
    [[nodiscard]] const SessionRecord &record() const override { return *m_record; }
    [[nodiscard]] QCoro::Task<Result<>> write(SessionEvent event) override
    {
        m_record->events.push_back(std::move(event));
        co_return Result<>();
    }
    [[nodiscard]] QCoro::Task<Result<QString>> keep(QString, QByteArray) override { co_return QString(); }

private:
    std::shared_ptr<SessionRecord> m_record;
};

// Sessions that are gone with it.
class MemoryJournal : public SessionJournal
{
public:
    std::map<QString, std::shared_ptr<SessionRecord>> kept;

    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<OpenSession>>> begin(
        Procedure procedure, Instant) override
    {
        const auto record = std::make_shared<SessionRecord>();
        record->id = QStringLiteral("new");
        record->procedure = std::move(procedure);
        kept[record->id] = record;
        co_return std::make_shared<MemorySession>(record);
    }
    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<OpenSession>>> open(QString id) override
    {
        if (!kept.contains(id))
            co_return failure(ErrorKind::NotFound, QStringLiteral("journal.missing"), id);
        co_return std::make_shared<MemorySession>(kept[id]);
    }
    [[nodiscard]] QCoro::Task<Result<SessionRecord>> read(QString id) override
    {
        if (!kept.contains(id))
            co_return failure(ErrorKind::NotFound, QStringLiteral("journal.missing"), id);
        co_return *kept[id];
    }
    [[nodiscard]] QCoro::Task<Result<std::vector<SessionRecord>>> list() override
    {
        std::vector<SessionRecord> all;
        for (const auto &[id, record] : kept)
            all.push_back(*record);
        co_return all;
    }
    [[nodiscard]] QCoro::Task<Result<QByteArray>> evidence(QString, QString) override
    {
        co_return QByteArray();
    }
};

// Every job has ended well as soon as it is started.
class EndingHand : public Hand
{
public:
    [[nodiscard]] QCoro::Task<Result<JobSeen>> start(HostJob, QByteArray, std::stop_token) override
    {
        co_return ended();
    }
    [[nodiscard]] QCoro::Task<Result<JobSeen>> look(
        HostJob, qint64, std::chrono::milliseconds, std::stop_token) override
    {
        co_return ended();
    }
    [[nodiscard]] QCoro::Task<Result<JobSeen>> end(HostJob, std::stop_token) override { co_return ended(); }
    [[nodiscard]] QCoro::Task<Result<>> forget(HostJob, std::stop_token) override { co_return Result<>(); }
    [[nodiscard]] QCoro::Task<Result<Said>> ask(Host, QByteArray, std::stop_token) override
    {
        co_return Said();
    }

private:
    [[nodiscard]] static JobSeen ended()
    {
        JobSeen seen;
        seen.state = HostJobState::Ended;
        return seen;
    }
};

// One step on this machine.
[[nodiscard]] inline Procedure shortProcedure()
{
    Step step;
    step.id = QStringLiteral("copy");
    step.phase = QStringLiteral("Restore");
    step.title = QStringLiteral("Copy the backup");
    step.command = QStringLiteral("true\n");
    Procedure procedure;
    procedure.kind = QStringLiteral("recover");
    procedure.title = QStringLiteral("Bring back a");
    procedure.cluster = QStringLiteral("a");
    procedure.environment = Environment::Lab;
    procedure.steps = { step };
    return procedure;
}

} // namespace tidemark::test
