#pragma once

#include "support/walcorpus.h"
#include "wal/histories.h"
#include "wal/walk.h"

namespace tidemark::test {

// One case of the corpus: what lies in its folders, and what its servers told while it was made.
struct WalCase {
    QString name; // "15/accidents"
    QString folder;
    int version = 0;
    QJsonObject truth;
    QStringList files; // of wal/ and pg_wal/
    bool live = false;

    [[nodiscard]] QJsonArray events() const { return truth[QStringLiteral("events")].toArray(); }
};

[[nodiscard]] inline QJsonObject jsonFile(const QString &path)
{
    return QJsonDocument::fromJson(unpackedFile(path)).object();
}

[[nodiscard]] inline QStringList filesIn(const QString &folder)
{
    QStringList files;
    for (const QString &name : QDir(folder).entryList(QDir::Files, QDir::Name))
        files += folder + QChar(u'/') + name;
    return files;
}

[[nodiscard]] inline std::vector<WalCase> walCases(const QString &corpus = walCorpus())
{
    std::vector<WalCase> cases;
    QDirIterator found(corpus, { QStringLiteral("truth.json") }, QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        WalCase one;
        one.truth = jsonFile(found.next());
        one.folder = found.fileInfo().path();
        one.name = QDir(corpus).relativeFilePath(one.folder);
        one.version = one.truth[QStringLiteral("pg_major")].toInt();
        one.files = filesIn(one.folder + QStringLiteral("/wal"));
        const QStringList current = filesIn(one.folder + QStringLiteral("/pg_wal"));
        one.live = !current.isEmpty();
        one.files += current;
        if (one.truth.contains(QStringLiteral("events")))
            cases.push_back(one);
    }
    std::ranges::sort(cases, {}, &WalCase::name);
    return cases;
}

// The server's list of relations as it was when the case began, in the form of a copy of its catalogue.
[[nodiscard]] inline std::vector<Relation> relationsAtStart(const WalCase &one)
{
    std::vector<Relation> relations;
    QHash<QString, quint32> oids;
    for (const auto &value : one.truth[QStringLiteral("databases_at_start")].toArray())
        oids.insert(
            value[QStringLiteral("name")].toString(), quint32(value[QStringLiteral("oid")].toInteger()));
    const QJsonObject databases = jsonFile(one.folder
        + QStringLiteral("/catalogs.json.gz"))[QStringLiteral("start")][QStringLiteral("databases")]
                                      .toObject();
    for (auto database = databases.begin(); database != databases.end(); ++database)
        for (const auto &value : database->toArray()) {
            const auto number
                = [&](const char *key) { return quint32(value[QLatin1String(key)].toInteger()); };
            const bool shared = number("tablespace") == 1664;
            Relation relation;
            relation.database = shared ? 0 : oids.value(database.key());
            relation.databaseName = shared ? QString() : database.key();
            relation.oid = number("oid");
            relation.tablespace = number("tablespace");
            relation.fileNode = number("filenode");
            relation.schema = value[QStringLiteral("schema")].toString();
            relation.name = value[QStringLiteral("name")].toString();
            relation.kind = value[QStringLiteral("kind")].toString().front().toLatin1();
            relations.push_back(relation);
        }
    return relations;
}

// Everything a walk over files tells.
class WalTold : public WalListener
{
public:
    void ended(const WalEndTold &end) override { ends.push_back(end); }
    void transaction(const WalTransaction &one) override { transactions.push_back(one); }
    void mark(const WalMark &one) override { marks.push_back(one); }

    std::vector<WalEndTold> ends;
    std::vector<WalTransaction> transactions;
    std::vector<WalMark> marks;
    std::vector<std::pair<QString, WalContents>> contents; // by file name
    std::vector<WalGapBetween> gaps;
    std::vector<TimelineHistory> histories;
    WalStats stats;
};

[[nodiscard]] inline std::vector<TimelineHistory> historiesOf(const QStringList &files)
{
    std::vector<TimelineHistory> histories;
    for (const QString &file : files) {
        QByteArray name;
        const auto parsed = walNameOf(file, name);
        if (parsed.kind != WalFileKind::TimelineHistory)
            continue;
        if (auto history = readTimelineHistory(parsed.timeline, unpackedFile(file)))
            histories.push_back(*std::move(history));
    }
    return histories;
}

[[nodiscard]] inline std::uint32_t segmentSizeOfAny(const QStringList &files)
{
    for (const QString &file : files)
        if (const std::uint32_t size = segmentSizeOf(unpackedFile(file)); isSegmentSize(size))
            return size;
    return 1 << 20;
}

// Reads all files of a folder as the console does, portion by portion.
inline void readWal(
    const QStringList &files, WalStory story, bool live, WalTold &told, qsizetype portion = 1 << 18)
{
    QByteArrayList names;
    std::vector<WalFileName> parsed;
    for (const QString &file : files)
        names += QFileInfo(file).fileName().toUtf8();
    for (const QByteArray &name : names)
        parsed.push_back(WalFileName::parse(name));
    WalWalk::Options options;
    options.segmentSize = segmentSizeOfAny(files);
    options.live = live;
    told.histories = historiesOf(files);
    WalWalk walk(readingPlan(parsed, options.segmentSize, told.histories), std::move(story), options);
    told.gaps = gapsOf(walk.plan());
    for (std::size_t leg = 0; leg < walk.plan().size(); ++leg)
        for (const WalFileAt &file : walk.plan()[leg].files) {
            if (!walk.begin(leg, file))
                continue;
            const QByteArray bytes = unpackedFile(files[qsizetype(file.index)]);
            for (qsizetype at = 0; at < bytes.size(); at += portion)
                if (!walk.take(QByteArrayView(bytes).sliced(at, std::min(portion, bytes.size() - at))))
                    break;
            told.contents.emplace_back(QString::fromUtf8(names[qsizetype(file.index)]), walk.finish());
        }
    told.stats = walk.stats();
}

} // namespace tidemark::test
