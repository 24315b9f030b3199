#include "wal/storyparts.h"

#include <QTest>

using namespace tidemark;

// Many transactions at once, among them such whose xids end alike.
class tst_OpenTransactions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsThemApart();
    void endsThem();
    void endsThoseThatCannotRunAnyMore();

private:
    static constexpr std::uint32_t Count = 1000;
    OpenTransactions m_open;
};

void tst_OpenTransactions::init()
{
    m_open = {};
    for (std::uint32_t xid = 0; xid < Count; ++xid)
        m_open.of(xid, { xid + 5 }).of({ 1, 2, xid }).inserted = xid;
}

void tst_OpenTransactions::keepsThemApart()
{
    QCOMPARE(m_open.size(), qsizetype { Count });
    for (std::uint32_t xid = 0; xid < Count; ++xid) {
        const TransactionWork *work = m_open.find(xid);
        QVERIFY(work);
        QCOMPARE(work->xid, xid);
        QCOMPARE(work->first, Lsn { xid + 5 });
        QCOMPARE(work->rows.front().inserted, std::uint64_t { xid });
        QCOMPARE(&m_open.of(xid, { 1 }), work);
    }
    QCOMPARE(m_open.find(Count), nullptr);
}

void tst_OpenTransactions::endsThem()
{
    for (std::uint32_t xid = 0; xid < Count; xid += 2)
        m_open.remove(xid);
    m_open.remove(0); // again
    QCOMPARE(m_open.size(), qsizetype { Count / 2 });
    for (std::uint32_t xid = 0; xid < Count; ++xid)
        QCOMPARE(m_open.find(xid) != nullptr, xid % 2 == 1);
    QVERIFY(m_open.of(256, { 9 }).rows.isEmpty());
    QCOMPARE(m_open.of(256, { 10 }).first, Lsn { 9 });
    QCOMPARE(
        m_open.xidsOf([](const TransactionWork &) { return true; }).size(), std::size_t { Count / 2 + 1 });
}

void tst_OpenTransactions::endsThoseThatCannotRunAnyMore()
{
    m_open.find(7)->prepared = true;
    m_open.removeBefore(900);
    QCOMPARE(m_open.size(), qsizetype { 101 });
    QVERIFY(m_open.find(7) && m_open.find(900) && !m_open.find(899));
    m_open.removeAll();
    QCOMPARE(m_open.size(), qsizetype { 1 });
}

QTEST_APPLESS_MAIN(tst_OpenTransactions)
#include "tst_opentransactions.moc"
