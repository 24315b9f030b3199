#include "reports/statusreport.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestStatusReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void markdown()
    {
        const StatusReport report { u"Status of prod"_s, u"2026-11-20 14:05:06 UTC"_s, u"shop is lost"_s,
            u"The other 2 can be brought back."_s, { u"inside RPO now: 2 of 3, 0 not known"_s },
            { { u"Clusters"_s, { u"Cluster"_s, u"RPO"_s }, { { u"shop"_s, u"1 h"_s } }, {} },
                { u"Needs attention"_s, { u"What"_s }, {}, u"Nothing."_s } } };
        QCOMPARE(QString::fromUtf8(markdownOf(report)),
            u"# Status of prod\n\n2026-11-20 14:05:06 UTC\n\n**shop is lost**\n\n"
            "The other 2 can be brought back.\n\n- inside RPO now: 2 of 3, 0 not known\n\n"
            "## Clusters\n\n| Cluster | RPO |\n|---|---|\n| shop | 1 h |\n\n"
            "## Needs attention\n\nNothing.\n"_s);
    }

    void namesAreNotMarkup()
    {
        const ReportTable table { u"t"_s, { u"a"_s }, { { u"x | y\n<b>*z*</b> \x1b[2J`"_s } }, {} };
        const QString text = QString::fromUtf8(markdownOf({ {}, {}, {}, {}, {}, { table } }));
        QVERIFY2(text.contains(u"| x \\| y \\<b\\>\\*z\\*\\</b\\>  \\[2J\\` |\n"_s), qPrintable(text));
    }

    void csv()
    {
        const ReportTable table { {}, { u"Cluster"_s, u"Why"_s },
            { { u"a \"b\", c"_s, u"two\nlines"_s }, { u"=cmd|' /C calc'!A0"_s, QString() } }, {} };
        QCOMPARE(QString::fromUtf8(csvOf(table)),
            u"\"Cluster\",\"Why\"\r\n\"a \"\"b\"\", c\",\"two\nlines\"\r\n\"'=cmd|' /C calc'!A0\",\"\"\r\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestStatusReport)
#include "tst_statusreport.moc"
