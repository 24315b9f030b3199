#include "dumps/items.h"

#include "dumps/folder.h"

#include <QDate>
#include <QRegularExpression>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr QByteArrayView Promising[] { ".dump", ".dmp", ".pgdump", ".pg_dump", ".backup", ".bak", ".custom",
    ".pgc", ".sql", ".tar", ".tgz", ".sql.gz", ".sql.zst", ".sql.lz4", ".sql.bz2", ".dump.gz", ".dump.zst",
    ".dump.lz4", ".dump.bz2", ".tar.gz", ".tar.zst", ".tar.lz4", ".tar.bz2", ".backup.gz" };
constexpr QByteArrayView Unfinished[] { ".part", ".partial", ".tmp", ".temp", ".incomplete", ".filepart",
    ".inprogress" };
constexpr QByteArrayView Encrypted[] { ".gpg", ".pgp", ".asc", ".age", ".enc", ".aes" };

template <std::size_t Count>
bool endsWithAny(QByteArrayView name, const QByteArrayView (&endings)[Count])
{
    return std::ranges::any_of(endings, [name](QByteArrayView ending) { return name.endsWith(ending); });
}

const QRegularExpression &dates()
{
    static const QRegularExpression pattern(
        u"(?<!\\d)(20\\d\\d)([-_.]?)(0[1-9]|1[0-2])\\2(0[1-9]|[12]\\d|3[01])"
        "(?:[-_T. ]{0,2}([01]\\d|2[0-3])[-_:.h]?([0-5]\\d)(?:[-_:.m]?([0-5]\\d))?)?(?!\\d)"_s);
    return pattern;
}

// What lies in one folder.
struct Shelf {
    std::vector<const HostEntry *> files;
    bool hasToc = false;
    bool hasData = false;
};

std::map<QByteArray, Shelf> shelves(const std::vector<HostEntry> &entries)
{
    std::map<QByteArray, Shelf> all;
    for (const HostEntry &entry : entries) {
        const QByteArray name = fileOf(entry.path);
        if (entry.kind != EntryKind::File || name.startsWith('.'))
            continue;
        Shelf &shelf = all[folderOf(entry.path)];
        shelf.files.push_back(&entry);
        shelf.hasToc = shelf.hasToc || name == "toc.dat";
        shelf.hasData = shelf.hasData || isDataFile(name);
    }
    return all;
}

DumpItem folderItem(const QByteArray &path, const Shelf &shelf)
{
    DumpItem item;
    item.kind = shelf.hasToc ? DumpItem::Kind::Folder : DumpItem::Kind::Headless;
    item.path = path.isEmpty() ? QByteArray(".") : path;
    for (const HostEntry *file : shelf.files) {
        const QByteArray name = fileOf(file->path);
        if (!shelf.hasToc && !isDataFile(name))
            continue;
        item.files.insert(name, file->size);
        item.size += file->size;
        item.modified = std::max(item.modified, file->modified);
    }
    return item;
}

} // namespace

QString DumpItem::content() const
{
    return u"%1/%2/%3"_s.arg(size).arg(files.size()).arg(qint64(modified.sinceEpoch.count()));
}

QByteArray folderOf(const QByteArray &path)
{
    return path.left(std::max<qsizetype>(path.lastIndexOf('/'), 0));
}

QByteArray fileOf(const QByteArray &path)
{
    return path.mid(path.lastIndexOf('/') + 1);
}

std::vector<DumpItem> dumpItems(const std::vector<HostEntry> &entries)
{
    std::vector<DumpItem> items;
    for (const auto &[path, shelf] : shelves(entries)) {
        if (shelf.hasToc || shelf.hasData)
            items.push_back(folderItem(path, shelf));
        if (shelf.hasToc)
            continue;
        for (const HostEntry *file : shelf.files)
            if (!isDataFile(fileOf(file->path)))
                items.push_back({ DumpItem::Kind::File, file->path, file->size, file->modified, {} });
    }
    std::ranges::sort(items, [](const DumpItem &a, const DumpItem &b) {
        return std::tie(b.modified, a.path) < std::tie(a.modified, b.path);
    });
    return items;
}

bool promisesDump(QByteArrayView path)
{
    return endsWithAny(path, Promising);
}
bool saysUnfinished(QByteArrayView path)
{
    return endsWithAny(path, Unfinished);
}
bool saysEncrypted(QByteArrayView path)
{
    return endsWithAny(path, Encrypted);
}

std::optional<NamedTime> namedTime(const QByteArray &name)
{
    const auto match = dates().match(QString::fromLatin1(name));
    const QDate date(match.captured(1).toInt(), match.captured(3).toInt(), match.captured(4).toInt());
    if (!match.hasMatch() || !date.isValid())
        return {};
    NamedTime time { date.toJulianDay(), {} };
    if (match.hasCaptured(5))
        time.second
            = match.captured(5).toInt() * 3600 + match.captured(6).toInt() * 60 + match.captured(7).toInt();
    return time;
}

QByteArray namedWhat(const QByteArray &path)
{
    QByteArray stem = fileOf(path);
    for (const QByteArrayView suffix : Unfinished)
        if (stem.endsWith(suffix))
            stem.chop(suffix.size());
    for (qsizetype dot = stem.lastIndexOf('.'); dot > 0; dot = stem.lastIndexOf('.')) {
        const QByteArray ending = stem.mid(dot);
        if (!promisesDump(ending) && !saysEncrypted(ending) && packingOfName(ending) == Packing::None)
            break;
        stem.truncate(dot);
    }
    const auto date = dates().match(QString::fromLatin1(stem));
    if (date.hasMatch())
        stem.remove(date.capturedStart(), date.capturedLength());
    const auto isEdge = [](char c) { return c == '-' || c == '_' || c == '.' || c == ' '; };
    while (!stem.isEmpty() && isEdge(stem.back()))
        stem.chop(1);
    while (!stem.isEmpty() && isEdge(stem.front()))
        stem.remove(0, 1);
    return stem;
}

} // namespace tidemark
