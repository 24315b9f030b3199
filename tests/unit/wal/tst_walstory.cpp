#include "support/waltruth.h"
#include "unpack/zstdblock.h"
#include "wal/filenodemap.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// What real servers were made to do, found again in their WAL: every event with its class, place,
// transaction, time, rows and names. TIDEMARK_WAL_CORPUS names another folder of the corpus' form.
class tst_WalStory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsByManager_data();
    void countsByManager();
    void findsEveryEvent_data() { casesAsRows(); }
    void findsEveryEvent();
    void namesNothingWrongWithoutACopy_data() { casesAsRows(); }
    void namesNothingWrongWithoutACopy();
    void namesFromABaseBackup_data();
    void namesFromABaseBackup();
    void tellsWhereItIsDamaged_data();
    void tellsWhereItIsDamaged();
    void tellsTheSameOfAnyPortions();
    void tellsOfBranchesOnce();
    void tellsOfMarks();

private:
    static void casesAsRows();
};

namespace {

// Small enough for the corpus, whose tables have a few hundred rows.
WalStory::Options options()
{
    return { { 20 }, true, unpackZstdFrame };
}

QByteArray word(WalClass kind)
{
    switch (kind) {
    case WalClass::Harmless:
        return "harmless";
    case WalClass::Change:
        return "change";
    case WalClass::Rewrite:
        return "rewrite";
    case WalClass::Destructive:
        return "destructive";
    case WalClass::Pending:
    case WalClass::RolledBack:
        return "aborted";
    }
    return {};
}

std::optional<Lsn> lsnOf(const QJsonValue &value)
{
    return Lsn::parse(value.toString());
}

// "1663/5/16385 +1 ~2 -3", in order.
QByteArrayList printedRows(const WalTransaction &told)
{
    QByteArrayList lines;
    for (const RelationRows &rows : told.rows)
        lines += rows.file.toString().toUtf8() + " +" + QByteArray::number(quint64(rows.inserted)) + " ~"
            + QByteArray::number(quint64(rows.updated)) + " -" + QByteArray::number(quint64(rows.deleted));
    std::ranges::sort(lines);
    return lines;
}

QByteArrayList printedRows(const QJsonObject &rows, const QSet<QString> &catalogues)
{
    QByteArrayList lines;
    for (auto file = rows.begin(); file != rows.end(); ++file) {
        if (catalogues.contains(file.key()))
            continue;
        const auto count = [&](const char *key) { return (*file)[QLatin1String(key)].toInteger(); };
        lines += file.key().toUtf8() + " +" + QByteArray::number(count("insert") + count("multi_insert"))
            + " ~" + QByteArray::number(count("update") + count("hot_update")) + " -"
            + QByteArray::number(count("delete"));
    }
    std::ranges::sort(lines);
    return lines;
}

QStringList sortedNames(QStringList names)
{
    names.removeDuplicates();
    names.sort();
    return names;
}

class Comparison
{
public:
    Comparison(const WalCase &one, const WalTold &told)
        : m_case(one)
        , m_told(told)
    {
    }

    void compare()
    {
        for (const auto &value : m_case.events())
            compare(value.toObject());
    }
    int good = 0;
    int all = 0;
    int names = 0;
    int named = 0;
    QByteArrayList faults;

private:
    const WalTransaction *find(const QJsonObject &wal) const
    {
        const auto lsn = lsnOf(wal[u"commit_lsn"]);
        const auto timeline = quint32(wal[u"timeline"].toInt(1));
        for (const WalTransaction &told : m_told.transactions)
            if (told.lsn == lsn && told.timeline.value == timeline)
                return &told;
        return nullptr;
    }

    void differs(
        const QJsonObject &event, const QByteArray &what, const QByteArray &got, const QByteArray &wanted)
    {
        if (got == wanted)
            return;
        m_bad = true;
        faults += QByteArray::number(event[u"n"].toInt()) + ' ' + event[u"kind"].toString().toUtf8() + ": "
            + what + " is " + got + ", not " + wanted;
    }

    void compare(const QJsonObject &event)
    {
        ++all;
        m_bad = false;
        const QJsonObject wal = event[u"wal"].toObject();
        if (!lsnOf(wal[u"commit_lsn"])) {
            nothingWithin(event);
        } else if (const WalTransaction *told = find(wal)) {
            compare(event, wal, *told);
        } else {
            differs(event, "transaction", "missing", "there");
        }
        good += m_bad ? 0 : 1;
    }

    // Without a transaction there is nothing but what is harmless.
    void nothingWithin(const QJsonObject &event)
    {
        const auto from = lsnOf(event[u"insert_lsn_before"]);
        const auto to = lsnOf(event[u"insert_lsn_after"]);
        for (const WalTransaction &told : m_told.transactions)
            if (from && to && told.lsn >= *from && told.lsn < *to)
                differs(event, "class", word(told.kind), "harmless");
    }

    QSet<QString> cataloguesOf() const
    {
        QSet<QString> files;
        for (const auto &value : m_case.events())
            if (value[u"kind"].toString() == u"vacuum_full_pg_class"_s)
                for (const QString &file : value[u"wal"][u"rows"].toObject().keys())
                    files.insert(file);
        return files;
    }

    void compare(const QJsonObject &event, const QJsonObject &wal, const WalTransaction &told)
    {
        differs(event, "class", word(told.kind), event[u"class"].toString().toUtf8());
        differs(event, "xid", QByteArray::number(told.xid), QByteArray::number(wal[u"xid"].toInteger()));
        const QString time = wal[u"time"].toString() + u"+00"_s;
        differs(event, "time", told.at.toIso().toUtf8(),
            Instant::parse(time).value_or(Instant()).toIso().toUtf8());
        differs(event, "rows", printedRows(told).join(", "),
            printedRows(wal[u"rows"].toObject(), cataloguesOf()).join(", "));
        differs(event, "first record", told.first.toString().toUtf8(),
            lsnOf(wal[u"first_record_lsn"]).value_or(Lsn()).toString().toUtf8());
        differs(event, "subtransactions", QByteArray::number(told.subxacts),
            QByteArray::number(wal[u"subxacts"].toInt()));
        differs(event, "name of two-phase", told.gid.toUtf8(), wal[u"gid"].toString().toUtf8());
        differs(event, "dropped files", droppedOf(told), droppedOf(wal));
        compareRowNames(event, told);
        if (told.kind != WalClass::Harmless && told.kind != WalClass::Pending
            && told.kind != WalClass::RolledBack)
            compareEffects(event, told);
        if (const auto stop = event[u"stop_just_before"].toObject(); !stop.isEmpty())
            differs(event, "target", told.lsn.toString().toUtf8(),
                lsnOf(stop[u"recovery_target_lsn"]).value_or(Lsn()).toString().toUtf8());
    }

    static QByteArray droppedOf(const WalTransaction &told)
    {
        QStringList numbers;
        for (const RelationFile &file : told.droppedFiles)
            numbers += QString::number(file.number);
        if (told.kind == WalClass::Pending)
            numbers.clear(); // the tool that told the truth does not list them
        return sortedNames(numbers).join(u' ').toUtf8();
    }

    static QByteArray droppedOf(const QJsonObject &wal)
    {
        QStringList numbers;
        for (const auto &file : wal[u"dropped_files"].toArray())
            numbers += file.toString().section(u'/', -1);
        return sortedNames(numbers).join(u' ').toUtf8();
    }

    static QHash<QString, QString> namesByFile(const QJsonObject &event)
    {
        QHash<QString, QString> names;
        for (const auto &relation : event[u"relations_before"].toArray())
            names.insert(relation[u"filenode"].toString(), relation[u"name"].toString());
        return names;
    }

    void compareRowNames(const QJsonObject &event, const WalTransaction &told)
    {
        const auto byFile = namesByFile(event);
        for (const RelationRows &rows : told.rows) {
            const QString wanted = byFile.value(rows.file.toString());
            if (wanted.isEmpty())
                continue;
            ++names;
            named += rows.name ? 1 : 0;
            differs(event, "name of " + rows.file.toString().toUtf8(),
                rows.name ? rows.name->name.toUtf8() : QByteArray("unknown"), wanted.toUtf8());
        }
    }

    void compareEffects(const QJsonObject &event, const WalTransaction &told)
    {
        QStringList tables;
        QStringList others;
        for (const WalEffect &effect : told.effects) {
            if (effect.kind == WalEffectKind::Created)
                continue;
            const QString name
                = effect.relation ? effect.relation->name : u"file "_s + effect.file.toString();
            if (effect.relation || effect.file.number != 0)
                (effect.relation && effect.relation->holdsRows() ? tables : others) += name;
        }
        QStringList main;
        QStringList all_;
        for (const auto &relation : event[u"relations_before"].toArray()) {
            all_ += relation[u"name"].toString();
            if (relation[u"main"].toBool())
                main += relation[u"name"].toString();
        }
        if (all_.isEmpty())
            return;
        ++names;
        named += tables.isEmpty() && others.isEmpty() ? 0 : 1;
        const bool onlyParts = tables.isEmpty() && !others.isEmpty() // a REINDEX, a DROP INDEX
            && std::ranges::all_of(others, [&](const QString &name) { return all_.contains(name); });
        if (!onlyParts)
            differs(event, "names", sortedNames(tables + others).join(u' ').toUtf8(),
                sortedNames(main).join(u' ').toUtf8());
    }

    const WalCase &m_case;
    const WalTold &m_told;
    bool m_bad = false;
};

} // namespace

void tst_WalStory::casesAsRows()
{
    QTest::addColumn<WalCase>("one");
    for (const WalCase &one : walCases())
        QTest::newRow(qPrintable(one.name)) << one;
}

void tst_WalStory::countsByManager_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QJsonObject>("managers");
    QTest::addColumn<bool>("ends");
    for (const WalRun &run : walRuns())
        QTest::newRow(qPrintable(run.name)) << run.files << run.managers << run.ends;
}

void tst_WalStory::countsByManager()
{
    QFETCH(QStringList, files);
    QFETCH(QJsonObject, managers);
    QFETCH(bool, ends);
    WalTold told;
    readWal(files, WalStory(told, options()), ends, told);
    QByteArrayList got;
    for (int i = 0; i < 256; ++i)
        if (const auto &count = told.stats.of(ResourceManager(i)); count.records > 0)
            got += WalStats::name(ResourceManager(i)).toUtf8() + ' '
                + QByteArray::number(quint64(count.records)) + ' '
                + QByteArray::number(quint64(count.recordBytes)) + ' '
                + QByteArray::number(quint64(count.imageBytes));
    QByteArrayList wanted;
    for (auto one = managers.begin(); one != managers.end(); ++one)
        wanted += one.key().toUtf8() + ' ' + QByteArray::number((*one)[u"records"].toInteger()) + ' '
            + QByteArray::number((*one)[u"record_bytes"].toInteger()) + ' '
            + QByteArray::number((*one)[u"fpi_bytes"].toInteger());
    std::ranges::sort(got);
    std::ranges::sort(wanted);
    QCOMPARE(got.join('\n'), wanted.join('\n'));
    QVERIFY(!got.isEmpty());
}

void tst_WalStory::findsEveryEvent()
{
    QFETCH(WalCase, one);
    WalTold told;
    WalStory story(told, options());
    story.learn(relationsAtStart(one));
    readWal(one.files, story, one.live, told);
    Comparison comparison(one, told);
    comparison.compare();
    for (const QByteArray &fault : comparison.faults)
        qWarning("%s", fault.constData());
    qInfo("%s: %d of %d events, %d of %d names", qPrintable(one.name), comparison.good, comparison.all,
        comparison.named, comparison.names);
    QCOMPARE(comparison.good, comparison.all);
    QVERIFY(comparison.all > 0);
}

// What is not known is called by its number.
void tst_WalStory::namesNothingWrongWithoutACopy()
{
    QFETCH(WalCase, one);
    WalTold told;
    readWal(one.files, WalStory(told, options()), one.live, told);
    Comparison comparison(one, told);
    comparison.compare();
    int known = 0;
    int unknown = 0;
    for (const auto &value : one.events())
        for (const WalTransaction &transaction : told.transactions) {
            if (transaction.lsn != lsnOf(value[u"wal"][u"commit_lsn"]).value_or(Lsn()))
                continue;
            QHash<QString, QString> names;
            for (const auto &relation : value[u"relations_before"].toArray())
                names.insert(relation[u"filenode"].toString(), relation[u"name"].toString());
            for (const RelationRows &rows : transaction.rows) {
                const QString name = names.value(rows.file.toString());
                if (name.isEmpty())
                    continue;
                ++(rows.name ? known : unknown);
                if (rows.name)
                    QCOMPARE(rows.name->name, name);
            }
            for (const WalEffect &effect : transaction.effects)
                if (const QString name = names.value(effect.file.toString()); !name.isEmpty()) {
                    ++(effect.relation ? known : unknown);
                    if (effect.relation)
                        QCOMPARE(effect.relation->name, name);
                }
        }
    qInfo("%s: %d names from the WAL alone, %d by number", qPrintable(one.name), known, unknown);
}

void tst_WalStory::namesFromABaseBackup_data()
{
    QTest::addColumn<WalCase>("one");
    for (const WalCase &one : walCases())
        if (QFile::exists(one.folder + u"/base/pg_database.gz"_s))
            QTest::newRow(qPrintable(one.name)) << one;
}

static void learnPages(WalStory &story, const QString &file, const RelationFile &relation, int version)
{
    const QByteArray bytes = unpackedFile(file);
    for (qsizetype at = 0; at + WalPageSize <= bytes.size(); at += WalPageSize)
        story.learnPage(
            relation, quint32(at / WalPageSize), QByteArrayView(bytes).sliced(at, WalPageSize), version);
}

// "…: names is a file 1663/5/7, not a b": names that are not known are no fault here, wrong ones are.
static bool namesWrongly(const QByteArray &fault)
{
    static const QRegularExpression form(u"name(?:s| of [0-9/]+) is (.*), not (.*)$"_s);
    const auto match = form.match(QString::fromUtf8(fault));
    if (!match.hasMatch())
        return false;
    static const QRegularExpression number(u"file [0-9/]+ ?|unknown"_s);
    const QStringList wanted = match.captured(2).split(u' ');
    const QStringList told = match.captured(1).remove(number).split(u' ', Qt::SkipEmptyParts);
    return !std::ranges::all_of(told, [&](const QString &name) { return wanted.contains(name); });
}

// No server, no copy of its catalogue: the files of pg_class out of a base backup, and the WAL from there on.
void tst_WalStory::namesFromABaseBackup()
{
    QFETCH(WalCase, one);
    WalTold told;
    WalStory story(told, options());
    const QString base = one.folder + u"/base/"_s;
    learnPages(story, base + u"pg_database.gz"_s, { 1664, 0, 1262 }, one.version);
    for (const auto &database : one.truth[u"databases_at_start"].toArray()) {
        const auto oid = quint32(database[u"oid"].toInteger());
        const auto tablespace = quint32(database[u"tablespace"].toInteger());
        const QString name = base + database[u"name"].toString();
        if (!QFile::exists(name + u"-pg_class.gz"_s))
            continue;
        const auto map = readFileNodeMap(oid, unpackedFile(name + u"-pg_filenode.map"_s));
        QVERIFY(!map.empty());
        story.learnMap(map);
        const auto entry = std::ranges::find(map, 1259U, &MapChange::oid);
        QVERIFY(entry != map.end());
        learnPages(story, name + u"-pg_class.gz"_s, { tablespace, oid, entry->file.number }, one.version);
        learnPages(story, name + u"-pg_namespace.gz"_s, { tablespace, oid, 2615 }, one.version);
    }
    const auto from = lsnOf(one.truth[u"base_files"][u"at_insert_lsn"]).value_or(Lsn());
    QStringList files;
    for (const QString &file : one.files) {
        QByteArray name;
        const auto number = walNameOf(file, name).number(1 << 20);
        if (!number || *number >= SegmentNumber::of(from, 1 << 20))
            files += file;
    }
    readWal(files, story, one.live, told);
    Comparison comparison(one, told);
    comparison.compare();
    int wrong = 0;
    for (const QByteArray &fault : comparison.faults) {
        wrong += namesWrongly(fault) ? 1 : 0;
        qWarning("%s", fault.constData());
    }
    qInfo("%s: %d of %d events", qPrintable(one.name), comparison.good, comparison.all);
    QCOMPARE(wrong, 0);
}

void tst_WalStory::tellsWhereItIsDamaged_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QJsonObject>("variant");
    QDirIterator found(walCorpus(), { u"truth.json"_s }, QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        const QJsonObject truth = jsonFile(found.next());
        const QString folder = found.fileInfo().path();
        const QString base = folder + u"/../"_s + truth[u"base_case"].toString() + u"/wal"_s;
        for (const auto &value : truth[u"variants"].toArray()) {
            const QString name = value[u"variant"].toString();
            const QString segment = value[u"segment"].toString();
            QStringList files = filesIn(base).filter(QRegularExpression(u"^(?!.*/%1)"_s.arg(segment)));
            files += filesIn(folder + u'/' + name).filter(segment);
            QTest::newRow(qPrintable(QDir(walCorpus()).relativeFilePath(folder) + u'/' + name))
                << files << value.toObject();
        }
    }
}

// The place, the reason, and everything up to there.
void tst_WalStory::tellsWhereItIsDamaged()
{
    QFETCH(QStringList, files);
    QFETCH(QJsonObject, variant);
    const QString name = variant[u"variant"].toString();
    const QString segment = variant[u"segment"].toString();
    std::ranges::sort(files, {}, [](const QString &file) { return QFileInfo(file).fileName(); });
    WalTold told;
    readWal(files, WalStory(told, options()), false, told);
    if (name == u"missing"_s) {
        QCOMPARE(told.gaps.size(), std::size_t(1));
        QCOMPARE(segmentName(told.gaps[0].timeline, told.gaps[0].first, 1 << 20), segment);
        QCOMPARE(told.gaps[0].first, told.gaps[0].last);
        return;
    }
    QVERIFY(told.gaps.empty());
    std::uint64_t before = 0;
    const WalContents *bad = nullptr;
    for (const auto &[file, contents] : told.contents) {
        if (file.startsWith(segment))
            bad = &contents;
        else
            QVERIFY2(!contents.fault, qPrintable(file));
        before += file.left(24) < segment ? contents.records : 0;
    }
    QVERIFY(bad && bad->fault);
    const auto offset = variant[u"offset"].toInteger();
    static const QHash<QString, WalFault> faults { { u"bitflip"_s, WalFault::BadChecksum },
        { u"zero-page"_s, WalFault::BadPage }, { u"truncated"_s, WalFault::WrongSize },
        { u"foreign"_s, WalFault::Foreign }, { u"wrong-name"_s, WalFault::Misnamed },
        { u"empty-file"_s, WalFault::Empty }, { u"zero-file"_s, WalFault::BadPage } };
    QVERIFY2(faults.contains(name), qPrintable(name));
    QCOMPARE(bad->fault->fault, faults[name]);
    if (name == u"truncated"_s)
        QCOMPARE(qint64(bad->fault->offset), variant[u"length"].toInteger());
    else if (name == u"bitflip"_s)
        QVERIFY(qint64(bad->fault->offset) <= offset && offset < qint64(bad->fault->offset) + 8192);
    else
        QCOMPARE(qint64(bad->fault->offset), offset);
    QCOMPARE(qint64(before + bad->records), variant[u"pg_waldump_records_before_the_fault"].toInteger());
}

void tst_WalStory::tellsTheSameOfAnyPortions()
{
    const auto cases = walCases();
    const auto xacts = std::ranges::find(cases, walCorpus() + u"/15/xacts"_s, &WalCase::folder);
    QVERIFY(xacts != cases.end() || isForeignCorpus());
    if (xacts == cases.end())
        QSKIP("another corpus need not have this case");
    WalTold whole;
    readWal(xacts->files, WalStory(whole, options()), false, whole, 1 << 20);
    for (const qsizetype portion : { 777, 8192, 100'000 }) {
        WalTold told;
        readWal(xacts->files, WalStory(told, options()), false, told, portion);
        QVERIFY(told.transactions == whole.transactions);
        QVERIFY(told.marks == whole.marks);
    }
}

// A timeline's first segment begins with a copy of its parent's records.
void tst_WalStory::tellsOfBranchesOnce()
{
    for (const WalCase &one : walCases()) {
        WalTold told;
        readWal(one.files, WalStory(told, options()), one.live, told);
        QSet<std::pair<quint32, quint64>> seen;
        for (const WalEndTold &end : told.ends) {
            const std::pair<quint32, quint64> place { end.timeline.value, end.end.lsn.value };
            QVERIFY2(!seen.contains(place), qPrintable(one.name));
            seen.insert(place);
            const auto history = std::ranges::find(told.histories, end.timeline, &TimelineHistory::timeline);
            if (history != told.histories.end() && !history->switches.empty())
                QVERIFY(end.end.lsn >= history->switches.back().at);
        }
    }
}

void tst_WalStory::tellsOfMarks()
{
    const auto cases = walCases();
    const auto timelines = std::ranges::find(cases, walCorpus() + u"/17/timelines"_s, &WalCase::folder);
    QVERIFY(timelines != cases.end() || isForeignCorpus());
    if (timelines == cases.end())
        QSKIP("another corpus need not have this case");
    WalTold told;
    readWal(timelines->files, WalStory(told, options()), false, told);
    QStringList points;
    QStringList switches;
    for (const WalMark &mark : told.marks) {
        if (mark.kind == WalMark::Kind::RestorePoint)
            points += QString::number(mark.timeline.value) + u' ' + mark.name;
        if (mark.kind == WalMark::Kind::TimelineSwitch || mark.kind == WalMark::Kind::EndOfRecovery)
            switches += u"%1 from %2"_s.arg(mark.timeline.value).arg(mark.from.value);
    }
    QCOMPARE(points.join(u", "_s), u"1 before_month_end"_s);
    switches.removeDuplicates();
    QCOMPARE(switches.join(u", "_s), u"2 from 1, 3 from 1, 4 from 2, 5 from 4"_s);
}

QTEST_GUILESS_MAIN(tst_WalStory)
#include "tst_walstory.moc"
