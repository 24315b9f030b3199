#pragma once

#include "ports/sessionjournal.h"

namespace tidemark {

// Sessions as folders below one: procedure.json, journal.jsonl (written through to the disk line by line),
// lock, and the steps' output in evidence/. A person can read all of it with nothing but a pager.
class FileJournal : public SessionJournal
{
public:
    explicit FileJournal(QString folder);
    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<OpenSession>>> begin(
        Procedure procedure, Instant now) override;
    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<OpenSession>>> open(QString id) override;
    [[nodiscard]] QCoro::Task<Result<SessionRecord>> read(QString id) override;
    [[nodiscard]] QCoro::Task<Result<std::vector<SessionRecord>>> list() override;
    [[nodiscard]] QCoro::Task<Result<QByteArray>> evidence(QString id, QString name) override;

private:
    QString m_folder;
};

} // namespace tidemark
