#include "../sources/backupsourcecontract.h"
#include "dumps/dumps.h"
#include "support/dumps.h"
#include "support/gatedreader.h"
#include "support/memoryhost.h"
#include "support/textdumps.h"
#include "values/pathtext.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// Dumps keep the contract of all sources; names become files, folders and what is in them.
class tst_DumpsContract : public BackupSourceContract
{
    Q_OBJECT

protected:
    struct FixedClock : Clock {
        [[nodiscard]] Instant now() const override { return Instant::fromSeconds(1'800'000'000); }
    };

    std::shared_ptr<BackupSource> make() override
    {
        m_machine = std::make_shared<MemoryMachine>();
        const auto at = Instant::fromSeconds(1'799'000'000);
        m_machine->file("/b/first.dump", recordedDump(u"pg17.fc.dump"_s), at);
        m_machine->file("/b/closed/second.sql", plainText(), at);
        m_machine->file("/b/third/toc.dat", recordedDump(u"pg15.directory-toc.dat"_s), at);
        m_machine->file("/b/globals.sql", clusterText({}), at);
        Source source;
        source.name = u"dumps"_s;
        source.path = u"/b"_s;
        const auto reader = std::make_shared<GatedReader>(std::make_shared<MemoryHost>(m_machine), gate());
        return makeDumpsSource(source, {}, reader, std::make_shared<FixedClock>());
    }
    std::optional<QString> add(const QByteArray &name) override
    {
        m_machine->file("/b/" + name, recordedDump(u"pg18.fcz.dump"_s), Instant::fromSeconds(1'799'000'000));
        return pathText(name);
    }
    void remove(const QByteArray &name) override { m_machine->remove("/b/" + name); }
    void setReadable(bool readable) override
    {
        if (readable)
            m_machine->refuse("/b/closed", {});
        else
            m_machine->deny("/b/closed");
    }

private Q_SLOTS:
    void hostileFoldersSurvive()
    {
        for (const QByteArray &name : names()) {
            const QByteArray folder = "/b/" + name + "/x";
            m_machine->file(folder + "/toc.dat", recordedDump(u"pg17.directory-toc.dat"_s));
            const auto scan = look();
            QVERIFY2(scan, words());
            QVERIFY2(scan->troubles.empty(), qPrintable(test::printed(scan->troubles)));
            const auto found = std::ranges::find(scan->artifacts, pathText(name + "/x"), &Artifact::id);
            QVERIFY2(found != scan->artifacts.end(), name.constData());
            QCOMPARE(pathBytes(found->location), folder);
            QCOMPARE(pathBytes(found->part), name);
        }
    }

private:
    std::shared_ptr<MemoryMachine> m_machine;
};

QTEST_MAIN(tst_DumpsContract)
#include "tst_dumpscontract.moc"
