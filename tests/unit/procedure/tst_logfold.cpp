#include "procedure/logfold.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestLogFold : public QObject
{
    Q_OBJECT

    static QString printed(const std::vector<LogLine> &rows)
    {
        QStringList lines;
        for (const LogLine &row : rows)
            lines << (row.folded ? u"[%1 from %2]"_s.arg(row.folded).arg(row.line) : row.text);
        return lines.join(u'|');
    }
    static QByteArray segments(int count)
    {
        QByteArray text;
        for (int i = 0; i < count; ++i)
            text += "restored log file \"" + QByteArray::number(i, 16).toUpper().rightJustified(8, '0')
                + "\"\n";
        return text;
    }

private Q_SLOTS:
    void fewStayAsTheyAre()
    {
        QCOMPARE(printed(foldedLog("")), u""_s);
        QCOMPARE(printed(foldedLog("a\n\nb")), u"a||b"_s);
        QVERIFY(!printed(foldedLog(segments(8))).contains(u'['));
    }
    void manyAlikeAreFolded()
    {
        const QByteArray text = "begin\n" + segments(20) + "end\n";
        const QString shown = printed(foldedLog(text));
        QCOMPARE(shown.section(u'|', 0, 0), u"begin"_s);
        QCOMPARE(shown.section(u'|', 3, 3), u"[14 from 3]"_s);
        QCOMPARE(shown.section(u'|', 4, 4), u"restored log file \"00000010\""_s);
        QCOMPARE(shown.count(u'|'), 8);
        QCOMPARE(printed(foldedLog(text, { 3 })).count(u'|'), 21);
    }
    void nothingMovesTheCursor() { QCOMPARE(printed(foldedLog("a\tb\x1b[2Jc\n")), u"a b\ufffd[2Jc"_s); }
    void theLastShareCounts()
    {
        QVERIFY(!shareTold("nothing yet\n"));
        QCOMPARE(shareTold("replay 10 %\nreplay 72.5% of it\nlast line\n"), std::optional(0.725));
        QVERIFY(!shareTold("grew by 250 %\n"));
        QCOMPARE(lastLine("a\n b c \n\n"), u"b c"_s);
    }
};

QTEST_APPLESS_MAIN(TestLogFold)
#include "tst_logfold.moc"
