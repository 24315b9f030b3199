#pragma once

#include "support/gzip.h"
#include "wal/contents.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tidemark::test {

// Segments of real servers, in folders <major>/<case>/<wal or pg_wal>, with what is known of them in
// stats.json. TIDEMARK_WAL_CORPUS names another folder of that form.
[[nodiscard]] inline QString walCorpus()
{
    return qEnvironmentVariable("TIDEMARK_WAL_CORPUS", QStringLiteral(TIDEMARK_TEST_DATA "/wal"));
}

// Ours has every case; another one need not.
[[nodiscard]] inline bool isForeignCorpus()
{
    return qEnvironmentVariableIsSet("TIDEMARK_WAL_CORPUS");
}

// Adjacent segments of one timeline.
struct WalRun {
    QString name; // "15/xacts/wal 000000010000000000000006"
    QStringList files;
    qint64 records = 0;
    QString lastEnd;
    bool ends = false; // the log ends within the last segments
    QJsonObject managers = {}; // what each wrote
};

[[nodiscard]] inline WalFileName walNameOf(const QString &file, QByteArray &holder)
{
    holder = QFileInfo(file).fileName().toUtf8();
    return WalFileName::parse(holder);
}

[[nodiscard]] inline std::uint32_t segmentSizeOf(const QByteArray &segment)
{
    return segment.size() < WalPageSize ? 0 : WalPageHeader::parse(segment.constData()).segmentSize;
}

[[nodiscard]] inline QStringList filesOfRun(const QString &folder, const QString &first, const QString &last)
{
    QStringList files;
    for (const QString &name : QDir(folder).entryList(QDir::Files, QDir::Name)) {
        const QString bare = name.left(24);
        if (bare >= first && bare <= last && bare.left(8) == first.left(8)
            && !name.endsWith(QStringLiteral(".backup")) && !name.endsWith(QStringLiteral(".history")))
            files.append(folder + QChar(u'/') + name);
    }
    return files;
}

[[nodiscard]] inline std::vector<WalRun> walRuns(const QString &corpus = walCorpus())
{
    std::vector<WalRun> runs;
    QDirIterator cases(corpus, { QStringLiteral("stats.json") }, QDir::Files, QDirIterator::Subdirectories);
    while (cases.hasNext()) {
        QFile file(cases.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString folder = QFileInfo(file).path();
        const auto list = QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("runs")].toArray();
        for (const auto &value : list) {
            const QJsonObject run = value.toObject();
            const QString place = folder + QChar(u'/') + run[QStringLiteral("dir")].toString();
            const QString first = run[QStringLiteral("first")].toString();
            runs.push_back({ QDir(corpus).relativeFilePath(place) + QChar(u' ') + first,
                filesOfRun(place, first.left(24), run[QStringLiteral("last")].toString().left(24)),
                run[QStringLiteral("records")].toInteger(), run[QStringLiteral("end")].toString(),
                run[QStringLiteral("stop_reason")].toString() != QStringLiteral("end of files"),
                run[QStringLiteral("by_rmgr")].toObject() });
        }
    }
    std::ranges::sort(runs, {}, &WalRun::name);
    return runs;
}

} // namespace tidemark::test
