#include "dumps/folder.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Verdict = DumpFacts::Verdict;

constexpr QByteArrayView Suffixes[] { "", ".gz", ".lz4", ".zst" };

std::optional<qint64> sizeOf(const QHash<QByteArray, qint64> &files, const QByteArray &name)
{
    for (const QByteArrayView suffix : Suffixes)
        if (const auto file = files.constFind(name + suffix.toByteArray()); file != files.constEnd())
            return *file;
    return {};
}

QString faultOf(const DumpToc::Entry &entry, const QHash<QByteArray, qint64> &files)
{
    const auto size = sizeOf(files, entry.file);
    const QString name = QString::fromUtf8(entry.file);
    if (!size)
        return u"\"%1\", the data of \"%2\", is missing"_s.arg(name, QString::fromUtf8(entry.tag));
    if (*size == 0)
        return u"\"%1\", the data of \"%2\", is empty"_s.arg(name, QString::fromUtf8(entry.tag));
    return {};
}

// Each line is "<oid> blob_<oid>.dat".
QString missingObject(const QByteArray &list, const QHash<QByteArray, qint64> &files)
{
    for (const QByteArray &line : list.split('\n')) {
        const qsizetype space = line.indexOf(' ');
        if (space < 0)
            continue;
        const QByteArray name = line.mid(space + 1).trimmed();
        if (!sizeOf(files, name))
            return u"\"%1\", a large object, is missing"_s.arg(QString::fromUtf8(name));
    }
    return {};
}

QString firstFault(
    const DumpToc &toc, const QHash<QByteArray, qint64> &files, const QHash<QByteArray, QByteArray> &lists)
{
    for (const auto &entry : toc.entries)
        if (QString fault = faultOf(entry, files); !fault.isEmpty())
            return fault;
    for (const QByteArray &list : lists)
        if (QString fault = missingObject(list, files); !fault.isEmpty())
            return fault;
    return {};
}

DumpFacts described(const DumpToc &toc)
{
    DumpFacts facts;
    facts.format = u"directory"_s;
    facts.compression = toc.compression;
    facts.created = toc.created;
    facts.server = toc.server;
    facts.tool = toc.tool;
    if (!toc.server.isEmpty())
        facts.database = toc.database;
    return facts;
}

} // namespace

bool isDataFile(QByteArrayView name)
{
    for (const QByteArrayView suffix : Suffixes) {
        const QByteArrayView ending = suffix;
        if (!name.endsWith(ending) || !name.chopped(ending.size()).endsWith(".dat"))
            continue;
        const QByteArrayView stem = name.chopped(ending.size() + 4);
        const QByteArrayView digits = stem.startsWith("blob_") ? stem.sliced(5) : stem;
        return !digits.isEmpty()
            && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    }
    return false;
}

QByteArrayList objectLists(const DumpToc &toc)
{
    QByteArrayList lists;
    for (const auto &entry : toc.entries)
        if (entry.file.startsWith("blobs") && entry.file.endsWith(".toc"))
            lists.append(entry.file);
    return lists;
}

DumpFacts folderFacts(const tl::expected<DumpToc, TocFault> &toc, const QHash<QByteArray, qint64> &files,
    const QHash<QByteArray, QByteArray> &lists)
{
    if (!toc) {
        const TocFault &fault = toc.error();
        DumpFacts facts = described(fault.known);
        facts.words
            = fault.kind == TocFault::Kind::NotOne ? u"toc.dat is not one of pg_dump's"_s : fault.words;
        facts.verdict = fault.kind == TocFault::Kind::Newer ? Verdict::Unread
            : fault.kind == TocFault::Kind::NeedMore        ? Verdict::Cut
                                                            : Verdict::Damaged;
        return facts;
    }
    DumpFacts facts = described(*toc);
    facts.objects = toc->holdsObjects ? toc->count : 0;
    const QString fault
        = toc->custom ? u"toc.dat is that of a custom dump"_s : firstFault(*toc, files, lists);
    facts.verdict = fault.isEmpty() ? Verdict::Whole : Verdict::Damaged;
    facts.words = fault.isEmpty() ? u"table of contents and the files it names"_s : fault;
    return facts;
}

} // namespace tidemark
