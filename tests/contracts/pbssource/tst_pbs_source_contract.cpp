#include "../sources/backupsourcecontract.h"
#include "fakepbs.h"
#include "pbssource/pbssource.h"
#include "support/testclock.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

class TestPbsSourceContract : public BackupSourceContract
{
    Q_OBJECT

protected:
    std::shared_ptr<BackupSource> make() override
    {
        m_pbs = std::make_shared<FakePbs>();
        m_pbs->gate = gate();
        m_pbs->backups.items = { snapshotOf(u"vm/2001"_s, Day), snapshotOf(u"vm/2002"_s, Day + 60) };
        m_pbs->work.items = { taskOf(u"backup"_s, u"main:vm/2001"_s, Day, PbsTaskState::Ok),
            taskOf(u"garbage_collection"_s, u"main"_s, Day + 7, PbsTaskState::Running) };
        m_pbs->routine.items = { { .kind = PbsJobKind::Prune, .id = u"daily"_s, .datastore = u"main"_s } };
        m_pbs->stores.items = { { .name = u"main"_s, .total = Bytes { 100 }, .used = Bytes { 40 } } };
        const Source source { .name = u"pbs"_s, .kind = SourceKind::Pbs, .clusters = { u"shop"_s } };
        return makePbsSource(source, m_pbs, std::make_shared<TestClock>(Instant::fromSeconds(Day + 86'400)));
    }
    std::optional<QString> add(const QByteArray &name) override
    {
        const QString id = QString::fromUtf8(name);
        if (id.toUtf8() != name)
            return {};
        m_pbs->backups.items.push_back(snapshotOf(u"host/"_s + id, Day + 120));
        return u"main::host/"_s + id + u"/2026-11-20T00:02:00Z"_s;
    }
    void remove(const QByteArray &) override { m_pbs->backups.items.pop_back(); }
    // Rights that are taken away make the list shorter, without an error.
    void setReadable(bool readable) override
    {
        if (!readable) {
            m_all = m_pbs->backups.items;
            m_pbs->backups.items.pop_back();
        } else {
            m_pbs->backups.items = m_all;
        }
        m_pbs->backups.complete = readable;
        m_pbs->backups.missing.clear();
        if (!readable)
            m_pbs->backups.missing = { { u"snapshots of datastore \"main\""_s, u"acl update"_s } };
    }

private:
    static constexpr qint64 Day = 1'795'132'800; // 2026-11-20T00:00:00Z
    std::shared_ptr<FakePbs> m_pbs;
    std::vector<PbsSnapshotFacts> m_all;
};

QTEST_GUILESS_MAIN(TestPbsSourceContract)
#include "tst_pbs_source_contract.moc"
