#include "widgets/figures.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foreignTextOnOneLine_data();
    void foreignTextOnOneLine();
    void tipsAreNeverMarkup();
    void agesAndTimesAhead();
};

void TestFigures::foreignTextOnOneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"oltp-db"_s << u"oltp-db"_s;
    QTest::newRow("quotes and shell") << u"a'b\"$(id)"_s << u"a'b\"$(id)"_s;
    QTest::newRow("newline and tab") << u"a\nb\tc"_s << u"a\u240ab\u2409c"_s;
    QTest::newRow("right-to-left override") << u"a\u202egnp.exe"_s << u"a\ufffdgnp.exe"_s;
    QTest::newRow("line separator") << u"a\u2028b"_s << u"a\ufffdb"_s;
    QTest::newRow("delete and C1") << u"a\u007fb\u0085c"_s << u"a\ufffdb\ufffdc"_s;
    QTest::newRow("umlauts and emoji") << u"größe \U0001F418"_s << u"größe \U0001F418"_s;
}

void TestFigures::foreignTextOnOneLine()
{
    QFETCH(QString, text);
    QTEST(oneLine(text), "shown");
}

void TestFigures::tipsAreNeverMarkup()
{
    QCOMPARE(plainTip({}), QString());
    QCOMPARE(plainTip(u"<img src='x'>\n&"_s), u"<span>&lt;img src='x'&gt;<br>&amp;</span>"_s);
}

void TestFigures::agesAndTimesAhead()
{
    const Instant now = Instant::fromSeconds(1'000'000);
    QCOMPARE(agoWords(Instant::fromSeconds(999'996), now), u"4 s ago"_s);
    QCOMPARE(agoWords(Instant::fromSeconds(1'000'022), now), u"in 22 s"_s);
}

QTEST_GUILESS_MAIN(TestFigures)
#include "tst_figures.moc"
