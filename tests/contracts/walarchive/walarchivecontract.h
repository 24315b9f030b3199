#pragma once

#include "../sources/backupsourcecontract.h"
#include "support/byteplace.h"
#include "support/gatedreader.h"
#include "support/testclock.h"
#include "support/walcorpus.h"
#include "values/pathtext.h"
#include "walarchive/walarchive.h"

namespace tidemark::test {

// Archives of real segments, read through a reader of the test's choice.
class WalArchiveContract : public BackupSourceContract
{
    Q_OBJECT

protected:
    [[nodiscard]] virtual std::shared_ptr<HostReader> host() = 0;

    [[nodiscard]] static QByteArray real(const QString &file)
    {
        QFile packed(walCorpus() + u'/' + file + QStringLiteral(".gz"));
        return packed.open(QIODevice::ReadOnly) ? gunzip(packed.readAll()) : QByteArray();
    }
    [[nodiscard]] std::shared_ptr<BackupSource> source(
        const std::shared_ptr<HostReader> &reader, WalArchiveBudget budget = {}) const
    {
        Source source;
        source.name = QStringLiteral("wal");
        source.kind = SourceKind::WalArchive;
        source.path = pathText(m_place.path());
        const auto clock = std::make_shared<TestClock>(Instant::fromSeconds(1'763'640'000));
        return makeWalArchiveSource(source, {}, reader, clock, budget);
    }

    std::shared_ptr<BackupSource> make() override
    {
        m_place.clear();
        m_place.file(
            "main/000000010000000000000006", real(QStringLiteral("15/xacts/wal/000000010000000000000006")));
        m_place.file(
            "main/000000010000000000000007", real(QStringLiteral("15/xacts/wal/000000010000000000000007")));
        m_place.file("closing/0000000100000000/000000010000000000000006",
            real(QStringLiteral("15/xacts/wal/000000010000000000000006")));
        m_reader = std::make_shared<GatedReader>(host(), gate());
        return source(m_reader);
    }
    std::optional<QString> add(const QByteArray &name) override
    {
        m_place.file(name + "/000000010000000000000006",
            real(QStringLiteral("15/xacts/wal/000000010000000000000006")));
        return pathText(name) + QStringLiteral(" 000000010000000000000006+1");
    }
    void remove(const QByteArray &name) override { m_place.remove(name); }
    void setReadable(bool readable) override
    {
        const std::vector<QByteArray> folders { m_place.path("closing/0000000100000000") };
        m_reader->close(readable ? std::vector<QByteArray>() : folders);
    }
    [[nodiscard]] const BytePlace &place() const { return m_place; }

private:
    BytePlace m_place;
    std::shared_ptr<GatedReader> m_reader;
};

} // namespace tidemark::test
