#pragma once

#include "../sources/backupsourcecontract.h"
#include "dumps/dumps.h"
#include "support/byteplace.h"
#include "support/dumps.h"
#include "support/gatedreader.h"
#include "support/testclock.h"
#include "support/textdumps.h"
#include "values/pathtext.h"

namespace tidemark::test {

// Dumps on this machine's disk, read through a reader of the test's choice.
class DumpsDiskContract : public BackupSourceContract
{
    Q_OBJECT

protected:
    [[nodiscard]] virtual std::shared_ptr<HostReader> host() = 0;

    std::shared_ptr<BackupSource> make() override
    {
        m_place.clear();
        m_place.file("first.dump", recordedDump(QStringLiteral("pg17.fc.dump")));
        m_place.file("packed.tar.gz", gzipped(recordedDump(QStringLiteral("pg13.tar.gz"))));
        m_place.file("closing/second.sql", plainText());
        m_place.file("third/toc.dat", recordedDump(QStringLiteral("pg15.directory-toc.dat")));
        m_place.file("globals.sql.gz", gzipped(clusterText({})));
        m_reader = std::make_shared<GatedReader>(host(), gate());
        Source source;
        source.name = QStringLiteral("dumps");
        source.path = pathText(m_place.path());
        const auto clock = std::make_shared<TestClock>(Instant::fromSeconds(4'000'000'000));
        return makeDumpsSource(source, {}, m_reader, clock);
    }
    std::optional<QString> add(const QByteArray &name) override
    {
        m_place.file(name, recordedDump(QStringLiteral("pg18.fcz.dump")));
        return pathText(name);
    }
    void remove(const QByteArray &name) override { m_place.remove(name); }
    void setReadable(bool readable) override
    {
        const std::vector<QByteArray> folders { m_place.path("closing") };
        m_reader->close(readable ? std::vector<QByteArray>() : folders);
    }

private Q_SLOTS:
    void tellsWhatIsThere()
    {
        const auto scan = look();
        QVERIFY2(scan, words());
        QStringList lines;
        for (const Artifact &artifact : scan->artifacts)
            lines += artifact.id + QChar(u' ') + artifact.format + QChar(u' ') + artifact.compression
                + QChar(u' ') + artifact.withGlobals + QChar(u' ') + artifact.why;
        lines.sort();
        QCOMPARE(lines.join(QChar(u'\n')),
            QStringLiteral(
                "closing/second.sql plain  globals.sql.gz \n"
                "first.dump custom gzip globals.sql.gz \n"
                "globals.sql.gz plain gzip globals.sql.gz \n"
                "packed.tar.gz tar gzip globals.sql.gz \n"
                "third directory gzip globals.sql.gz \"3350.dat\", the data of \"t\", is missing"));
        QCOMPARE(scan->usage.size(), 1u);
        QVERIFY(scan->usage[0].total->count > 0);
    }

private:
    BytePlace m_place;
    std::shared_ptr<GatedReader> m_reader;
};

} // namespace tidemark::test
