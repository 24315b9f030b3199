#include "reports/schedulecalendar.h"

#include <QFile>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Instant at(const QString &iso)
{
    return Instant::parse(iso).value();
}

// A reader of its own: unfolds, checks each line, takes the escapes back.
class Reader
{
public:
    explicit Reader(const QByteArray &text)
    {
        for (const QByteArray &line : text.split('\n').mid(0, text.count('\n'))) {
            m_sound = m_sound && line.endsWith('\r') && line.size() <= 76
                && QString::fromUtf8(line).toUtf8() == line && !line.chopped(1).contains('\r');
            if (line.startsWith(' '))
                m_lines.back() += line.mid(1).chopped(1);
            else
                m_lines << line.chopped(1);
        }
        m_sound = m_sound && text.endsWith("\r\n");
    }
    [[nodiscard]] bool isSound() const { return m_sound; }
    [[nodiscard]] QStringList values(const QByteArray &name) const
    {
        QStringList found;
        for (const QByteArray &line : m_lines)
            if (line.startsWith(name + ':'))
                found << taken(QString::fromUtf8(line.mid(name.size() + 1)));
        return found;
    }
    [[nodiscard]] QByteArrayList names() const
    {
        QByteArrayList found;
        for (const QByteArray &line : m_lines)
            found << line.left(line.indexOf(':'));
        return found;
    }

private:
    static QString taken(const QString &text)
    {
        QString made;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] != u'\\') {
                made += text[i];
                continue;
            }
            ++i;
            made += text[i] == u'n' ? QChar(u'\n') : text[i];
        }
        return made;
    }

    QByteArrayList m_lines;
    bool m_sound = true;
};

IcalFile oneEvent(const QString &summary, const QString &description = {})
{
    IcalFile file { u"Fleet"_s, at(u"2026-11-18T04:10:00Z"_s), {} };
    file.events.push_back({ u"uid-1"_s, at(u"2026-11-19T01:00:00Z"_s), at(u"2026-11-19T01:48:00Z"_s), summary,
        description, { u"full"_s }, false });
    return file;
}

CalendarPlan plan()
{
    Fleet fleet;
    Cluster cluster;
    cluster.name = u"shop; the \"big\" one, Zürich"_s;
    cluster.host = u"h1"_s;
    fleet.clusters.push_back(cluster);
    Schedule nightly;
    nightly.name = u"nightly"_s;
    nightly.kind = u"full"_s;
    nightly.when = u"0 2 * * *"_s;
    nightly.form = u"cron"_s;
    nightly.zone = u"Europe/Berlin"_s;
    nightly.source = u"repo"_s;
    nightly.clusters = QStringList { cluster.name };
    nightly.expectedDuration = 48min;
    fleet.schedules.push_back(nightly);
    MaintenanceWindow window;
    window.name = u"vacuum"_s;
    window.clusters = QStringList { cluster.name };
    window.when = u"30 1 * * 5"_s;
    window.form = u"cron"_s;
    window.duration = 45min;
    fleet.windows.push_back(window);
    return calendarPlan(fleet, {}, {}, at(u"2026-11-17T00:00:00Z"_s), at(u"2026-11-21T00:00:00Z"_s),
        at(u"2026-11-18T04:10:00Z"_s));
}

} // namespace

class TestIcal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theScheduleToComeIsTheGoldenFile()
    {
        const QByteArray text = icalText(scheduleCalendar(plan(), u"Astronomy, lab"_s));
        const QString keep = qEnvironmentVariable("TIDEMARK_KEEP_GOLDEN");
        QFile golden(QStringLiteral(TIDEMARK_TEST_DATA "/reports/schedule.ics"));
        if (!keep.isEmpty()) {
            QVERIFY(golden.open(QFile::WriteOnly));
            golden.write(text);
            golden.close();
        }
        QVERIFY(golden.open(QFile::ReadOnly));
        QCOMPARE(QString::fromUtf8(text), QString::fromUtf8(golden.readAll()));
    }
    void theScheduleReadsBack()
    {
        const Reader reader(icalText(scheduleCalendar(plan(), u"Astronomy, lab"_s)));
        QVERIFY(reader.isSound());
        QCOMPARE(reader.values("X-WR-CALNAME"), QStringList { u"Tidemark: Astronomy, lab"_s });
        QCOMPARE(reader.values("DTSTART").join(u' '),
            u"20261119T010000Z 20261120T010000Z 20261120T013000Z 20261120T013000Z"_s);
        QCOMPARE(reader.values("DTEND").join(u' '),
            u"20261119T014800Z 20261120T014800Z 20261120T021500Z 20261120T014800Z"_s);
        QCOMPARE(reader.values("SUMMARY").join(u'\n'),
            u"shop; the \"big\" one, Zürich full\nshop; the \"big\" one, Zürich full\n"
            "Maintenance window vacuum\n"
            "Overlap: shop; the \"big\" one, Zürich and vacuum, 18 min"_s);
        QStringList uids = reader.values("UID");
        QCOMPARE(uids.removeDuplicates(), 0);
        QCOMPARE(uids.size(), 4);
    }
    void theSameOccurrenceKeepsItsUid()
    {
        CalendarPlan later = plan();
        later.now = at(u"2026-11-19T00:00:00Z"_s);
        const IcalFile one = scheduleCalendar(plan(), u"a"_s);
        const IcalFile other = scheduleCalendar(later, u"b"_s);
        QCOMPARE(one.events.at(0).uid, other.events.at(0).uid);
        QVERIFY(one.events.at(0).uid != one.events.at(1).uid);
    }

    void hostileTexts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read");
        const auto same = [](const char *name, const QString &text) { QTest::newRow(name) << text << text; };
        same("plain", u"shop full"_s);
        same("signs", u"a,b;c\\d:e\"f"_s);
        same("a break", u"one\ntwo"_s);
        same("a fake event", u"x\nEND:VEVENT\nBEGIN:VEVENT"_s);
        same("a dash", u"--help $(reboot)"_s);
        same("long", QString(400, u'a'));
        same("long in two octets", QString(200, u'ü'));
        same("long in four octets", u"😀"_s.repeated(90));
        same("backslashes at the fold", QString(150, u'\\'));
        QTest::newRow("CRLF") << u"one\r\ntwo"_s << u"one\ntwo"_s;
        QTest::newRow("CR") << u"one\rtwo"_s << u"one\ntwo"_s;
        QTest::newRow("controls") << QString(u"a"_s + QChar(0) + QChar(7) + QChar(0x85) + u"b"_s) << u"ab"_s;
        QTest::newRow("line separator") << QString(u"a"_s + QChar(0x2028) + u"b"_s) << u"a\nb"_s;
    }
    void hostileTexts()
    {
        QFETCH(QString, text);
        QFETCH(QString, read);
        const Reader reader(icalText(oneEvent(text, text)));
        QVERIFY(reader.isSound());
        QCOMPARE(reader.values("SUMMARY"), QStringList { read });
        QCOMPARE(reader.values("DESCRIPTION"), QStringList { read });
        QCOMPARE(reader.names().count("BEGIN"), 2);
    }
    void anEventWithoutADurationHasNoEnd()
    {
        IcalFile file = oneEvent(u"x"_s);
        file.events.front().end = file.events.front().start;
        QVERIFY(!icalText(file).contains("DTEND"));
    }
};

QTEST_GUILESS_MAIN(TestIcal)
#include "tst_ical.moc"
