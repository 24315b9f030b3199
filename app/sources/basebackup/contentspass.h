#pragma once

#include "basebackup/verdict.h"

namespace tidemark {

// Compares the bytes of one backup with the checksums of its manifest in stretches: each goes on where the
// last one ended. The answer is there when the last byte was read, or the first difference was met at an end.
class ContentsPass
{
public:
    virtual ~ContentsPass() = default;
    // Takes what it reads from the budget, and ends a stretch when that is used up. True: the pass has ended.
    // An error is one of the way there; the pass stays where it was.
    [[nodiscard]] virtual QCoro::Task<Result<bool>> goOn(std::shared_ptr<qint64> budget, std::stop_token stop)
        = 0;
    // Files that need not be compared again, by another pass of the same bytes.
    [[nodiscard]] virtual std::size_t compared() const { return 0; }
    [[nodiscard]] const BackupFacts &facts() const { return m_facts; }
    [[nodiscard]] const BackupShape &shape() const { return m_shape; }

protected:
    ContentsPass(BackupShape shape, BackupFacts facts)
        : m_shape(std::move(shape))
        , m_facts(std::move(facts))
    {
    }

    BackupShape m_shape;
    BackupFacts m_facts;
};

// What a whole pass takes from a budget: the bytes as stored, and for each file of the plain form what asking
// for it costs.
[[nodiscard]] qint64 passCost(const BackupShape &shape);

// Null where there is nothing to compare with: no manifest, no checksums in it, or files of it missing
// already. `from` files were compared before.
[[nodiscard]] std::shared_ptr<ContentsPass> makeContentsPass(const BackupShape &shape,
    const BackupFacts &facts, const QByteArray &folder, const std::shared_ptr<HostReader> &host,
    std::size_t from);

} // namespace tidemark
