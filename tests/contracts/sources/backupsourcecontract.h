#pragma once

#include "ports/backupsource.h"
#include "ports/taskscope.h"
#include "support/gate.h"
#include "support/hostilenames.h"
#include "support/settle.h"

#include <QTest>
#include <QTimer>

#include <algorithm>

namespace tidemark::test {

// What the catalogue would remember after a scan.
inline Known remembered(Known known, const Scan &scan)
{
    for (const QString &id : scan.gone)
        known.stamps.remove(id);
    for (const Artifact &artifact : scan.artifacts)
        known.stamps.insert(artifact.id, artifact.stamp);
    for (const Run &run : scan.runs)
        known.newestRun = std::max(known.newestRun.value_or(run.start), run.start);
    known.archives = scan.archives;
    known.cursor = scan.cursor;
    return known;
}

inline QString printed(const std::vector<SourceTrouble> &troubles)
{
    QStringList lines;
    for (const SourceTrouble &trouble : troubles)
        lines += trouble.part + QStringLiteral(": ") + trouble.error.code + QStringLiteral(": ")
            + trouble.error.detail;
    return lines.join(u'\n');
}

inline QString printed(const WalArchive &archive)
{
    QStringList words { archive.part };
    for (const WalSpan &span : archive.spans)
        words += segmentName(span.timeline, span.first, archive.segmentSize) + u'+'
            + QString::number(span.count());
    return words.join(u' ');
}

// What every BackupSource promises. A tool's test derives it and says how its place is made and changed; each
// case gets a place of its own that holds something.
class BackupSourceContract : public QObject
{
    Q_OBJECT

protected:
    // A source over a new place that holds something, whole and readable; each of its questions passes the
    // gate.
    [[nodiscard]] virtual std::shared_ptr<BackupSource> make() = 0;
    // Adds one thing of that name, as its tool would, and answers how things() prints it. Nothing: a name
    // like that cannot be there. What is added first sorts nowhere in particular.
    [[nodiscard]] virtual std::optional<QString> add(const QByteArray &name) = 0;
    // Takes away what add() made.
    virtual void remove(const QByteArray &name) = 0;
    // Makes a part of the place that was readable unreadable, and readable again.
    virtual void setReadable(bool readable) = 0;
    // What a person would count: artifacts by id, archives by their spans.
    [[nodiscard]] virtual QStringList things(const Known &known) const
    {
        QStringList all(known.stamps.keyBegin(), known.stamps.keyEnd());
        for (const WalArchive &archive : known.archives)
            all += printed(archive);
        all.sort();
        return all;
    }
    [[nodiscard]] virtual QByteArrayList names() const { return hostileFileNames(); }
    [[nodiscard]] virtual std::chrono::milliseconds patience() const { return std::chrono::seconds(20); }

private Q_SLOTS:
    void init()
    {
        m_known = {};
        m_gate = std::make_shared<Gate>();
        m_source = make();
        QVERIFY(m_source);
    }
    void cleanup() { m_source.reset(); }

    void aScanFindsWhatIsThere()
    {
        const auto scan = look();
        QVERIFY2(scan, words());
        QVERIFY(scan->whole);
        QCOMPARE(printed(scan->troubles), QString());
        QCOMPARE(scan->source, m_source->name());
        QVERIFY(scan->at.seconds() > 1'600'000'000);
        QVERIFY(!things(m_known).isEmpty());
        for (const Artifact &artifact : scan->artifacts) {
            QCOMPARE(artifact.source, m_source->name());
            QVERIFY(!artifact.id.isEmpty() && !artifact.stamp.isEmpty());
        }
        QVERIFY(m_source->capabilities().wal || scan->archives.empty());
        QVERIFY(m_source->capabilities().jobs || scan->jobs.empty());
    }

    void aSecondScanFindsNothingNew()
    {
        QVERIFY2(look(), words());
        const Known before = m_known;
        const auto scan = look();
        QVERIFY2(scan, words());
        QVERIFY(nothingNewIn(*scan, before));
    }

    void aNewThingIsFoundAlone()
    {
        QVERIFY2(look(), words());
        const QStringList before = things(m_known);
        const auto added = add("one more");
        QVERIFY(added);
        const auto scan = look();
        QVERIFY2(scan, words());
        QCOMPARE(printed(scan->troubles), QString());
        QCOMPARE(without(things(m_known), before), QStringList { *added });
        QVERIFY(scan->artifacts.size() <= 1 && scan->gone.isEmpty() && scan->whole);
    }

    void aRemovedOneIsGone()
    {
        const auto added = add("one more");
        QVERIFY(added);
        QVERIFY2(look(), words());
        const QStringList before = things(m_known);
        QVERIFY(before.contains(*added));
        remove("one more");
        const auto scan = look();
        QVERIFY2(scan, words());
        QVERIFY(scan->whole && scan->artifacts.empty());
        QCOMPARE(without(before, things(m_known)), QStringList { *added });
        QVERIFY(scan->gone.isEmpty() || scan->gone == QStringList { *added });
    }

    void anUnreadablePartIsATroubleAndNothingIsGone()
    {
        QVERIFY2(look(), words());
        const Known before = m_known;
        setReadable(false);
        const auto blind = look();
        setReadable(true);
        QVERIFY2(blind, words());
        QVERIFY(!blind->troubles.empty() && !blind->whole && blind->gone.isEmpty());
        for (const SourceTrouble &trouble : blind->troubles)
            QVERIFY(trouble.source == m_source->name() && !trouble.error.code.isEmpty());
        QCOMPARE(things(m_known), things(before));
        const auto again = look();
        QVERIFY2(again, words());
        QCOMPARE(printed(again->troubles), QString());
        QVERIFY(again->whole);
        QCOMPARE(things(m_known), things(before));
    }

    void aStopRequestEndsIt()
    {
        std::stop_source before;
        before.request_stop();
        QVERIFY(!lookWith(before.get_token()));
        QCOMPARE(m_kind, ErrorKind::Cancelled);
        for (const int delay : { 0, 1, 5, 20 }) {
            std::stop_source during;
            QTimer::singleShot(delay, this, [during]() mutable { during.request_stop(); });
            const auto scan = lookWith(during.get_token());
            QVERIFY2(scan || m_kind == ErrorKind::Cancelled, words());
            m_known = {};
        }
        QVERIFY2(look(), words());
        QVERIFY(!things(m_known).isEmpty());
    }

    // While the first is held at its first question the second asks nothing.
    void twoScansAtOnceAreServedOneAfterTheOther()
    {
        TaskScope scope;
        std::vector<std::pair<int, Result<Scan>>> ended;
        const auto start = [&](int number) {
            scope.start(m_source->scan({}, {}),
                [&ended, number](Result<Scan> scan) { ended.emplace_back(number, std::move(scan)); });
        };
        m_gate->close();
        start(1);
        QTRY_VERIFY(m_gate->asked() > 0);
        QCoreApplication::processEvents();
        const int asked = m_gate->asked();
        start(2);
        QCoreApplication::processEvents();
        const int askedByBoth = m_gate->asked();
        m_gate->open();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), std::size_t(2), int(patience().count()));
        QCOMPARE(askedByBoth, asked);
        QCOMPARE(ended[0].first, 1);
        QVERIFY(ended[0].second && ended[1].second);
        const Known first = remembered({}, *ended[0].second);
        const Known second = remembered({}, *ended[1].second);
        QVERIFY(!things(first).isEmpty());
        QCOMPARE(things(second), things(first));
    }

    void hostileNamesSurvive()
    {
        for (const QByteArray &name : names()) {
            const QStringList before = things(m_known);
            const auto added = add(name);
            if (!added)
                continue;
            const auto scan = look();
            QVERIFY2(scan, words());
            QVERIFY2(printed(scan->troubles).isEmpty(), qPrintable(printed(scan->troubles)));
            QVERIFY2(without(things(m_known), before).contains(*added), name.constData());
        }
        const Known before = m_known;
        const auto scan = look();
        QVERIFY2(scan, words());
        QVERIFY(nothingNewIn(*scan, before));
    }

protected:
    // Scans with what is known and remembers what was found.
    std::optional<Scan> look() { return lookWith({}); }
    std::optional<Scan> lookWith(std::stop_token stop)
    {
        auto scan = settle(m_source->scan(m_known, std::move(stop)), patience());
        m_words = wordsOf(scan);
        m_kind = scan && !*scan ? scan->error().kind : ErrorKind::Internal;
        if (!scan || !*scan)
            return std::nullopt;
        m_known = remembered(m_known, **scan);
        return **scan;
    }
    [[nodiscard]] static QStringList without(QStringList all, const QStringList &those)
    {
        all.removeIf([&](const QString &one) { return those.contains(one); });
        return all;
    }
    [[nodiscard]] bool nothingNewIn(const Scan &scan, const Known &known) const
    {
        return scan.artifacts.empty() && scan.gone.isEmpty() && scan.runs.empty() && scan.whole
            && scan.troubles.empty() && scan.archives == known.archives;
    }
    [[nodiscard]] const Known &known() const { return m_known; }
    [[nodiscard]] const std::shared_ptr<Gate> &gate() const { return m_gate; }
    [[nodiscard]] const std::shared_ptr<BackupSource> &source() const { return m_source; }
    [[nodiscard]] const char *words() const { return m_words.constData(); }

private:
    std::shared_ptr<Gate> m_gate;
    std::shared_ptr<BackupSource> m_source;
    Known m_known;
    QByteArray m_words;
    ErrorKind m_kind = ErrorKind::Internal;
};

} // namespace tidemark::test
