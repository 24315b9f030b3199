#include "sources/basenames.h"

#include "wal/filenodemap.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::uint32_t GlobalTablespace = 1664;
constexpr std::uint32_t DefaultTablespace = 1663;
constexpr std::uint32_t Databases = 1262; // oids of catalogues
constexpr std::uint32_t Classes = 1259;
constexpr std::uint32_t Namespaces = 2615;

struct Base {
    std::shared_ptr<HostReader> host;
    QByteArray folder;
    WalStory story;
    int version = 0;
};

Error noBase(const Base &base, const QString &why)
{
    return { ErrorKind::Invalid, u"wal.no-base"_s,
        u"%1 is not the data folder of a plain base backup: %2"_s.arg(QString::fromUtf8(base.folder), why) };
}

QCoro::Task<Result<>> readVersion(std::shared_ptr<Base> base, std::stop_token stop)
{
    const auto text = co_await base->host->read(base->folder + "/PG_VERSION", 0, 100, stop);
    if (!text)
        co_return tl::unexpected(noBase(*base, text.error().detail));
    base->version = text->trimmed().toInt();
    if (base->version < 13 || base->version > 18)
        co_return tl::unexpected(
            noBase(*base, u"its PG_VERSION does not say 13 to 18, whose catalogues can be read"_s));
    co_return Result<>();
}

// The files of mapped catalogues; what is returned is the number of this one's.
QCoro::Task<Result<std::uint32_t>> readMap(std::shared_ptr<Base> base, QByteArray path,
    std::uint32_t database, std::uint32_t catalogue, std::stop_token stop)
{
    constexpr qint64 Largest = 8192;
    const auto bytes = co_await base->host->read(base->folder + path, 0, Largest, stop);
    if (!bytes)
        co_return tl::unexpected(noBase(*base, bytes.error().detail));
    const auto map = readFileNodeMap(database, *bytes);
    const auto entry = std::ranges::find(map, catalogue, &MapChange::oid);
    if (entry == map.end())
        co_return tl::unexpected(noBase(*base, u"%1 is no map of relations"_s.arg(QString::fromUtf8(path))));
    base->story.learnMap(map);
    co_return entry->file.number;
}

QCoro::Task<Result<>> readPages(
    std::shared_ptr<Base> base, QByteArray path, RelationFile file, std::stop_token stop)
{
    constexpr qint64 AtOnce = 4 << 20;
    for (qint64 offset = 0;; offset += AtOnce) {
        const auto bytes = co_await base->host->read(base->folder + path, offset, AtOnce, stop);
        if (!bytes)
            co_return tl::unexpected(noBase(*base, bytes.error().detail));
        for (qsizetype at = 0; at + WalPageSize <= bytes->size(); at += WalPageSize)
            base->story.learnPage(file, static_cast<std::uint32_t>((offset + at) / WalPageSize),
                QByteArrayView(*bytes).sliced(at, WalPageSize), base->version);
        if (bytes->size() < AtOnce)
            co_return Result<>();
    }
}

QCoro::Task<Result<>> readDatabase(std::shared_ptr<Base> base, std::uint32_t database, std::stop_token stop)
{
    const QByteArray folder = "/base/" + QByteArray::number(database) + '/';
    const auto classes = co_await readMap(base, folder + "pg_filenode.map", database, Classes, stop);
    if (!classes)
        co_return tl::unexpected(classes.error());
    const RelationFile classFile { DefaultTablespace, database, *classes };
    const auto read = co_await readPages(base, folder + QByteArray::number(*classes), classFile, stop);
    if (!read)
        co_return tl::unexpected(read.error());
    RelationFile schemas { DefaultTablespace, database, Namespaces };
    if (const auto known = base->story.names().fileOf(database, Namespaces)) {
        schemas.number = known->number;
        base->story.learnMap({ { database, Namespaces, schemas } });
    }
    auto named = co_await readPages(base, folder + QByteArray::number(schemas.number), schemas, stop);
    co_return named;
}

QCoro::Task<Result<std::vector<std::uint32_t>>> listDatabases(
    std::shared_ptr<Base> base, std::stop_token stop)
{
    const auto databases = std::make_shared<std::vector<std::uint32_t>>();
    const auto take = [databases](std::vector<HostEntry> entries) {
        for (const HostEntry &entry : entries)
            if (const std::uint32_t oid = entry.path.toUInt(); oid != 0 && entry.kind == EntryKind::Folder)
                databases->push_back(oid);
    };
    HostListing listing;
    listing.folder = base->folder + "/base";
    const auto done = co_await base->host->list(listing, take, stop);
    if (!done)
        co_return tl::unexpected(noBase(*base, done.error().detail));
    std::ranges::sort(*databases);
    co_return *databases;
}

} // namespace

QCoro::Task<Result<WalStory>> learnBase(
    std::shared_ptr<HostReader> host, QByteArray folder, WalStory story, std::stop_token stop)
{
    const auto base = std::make_shared<Base>(Base { host, folder, std::move(story) });
    const auto version = co_await readVersion(base, stop);
    if (!version)
        co_return tl::unexpected(version.error());
    const auto number = co_await readMap(base, "/global/pg_filenode.map", 0, Databases, stop);
    if (!number)
        co_return tl::unexpected(number.error());
    const RelationFile file { GlobalTablespace, 0, *number };
    const auto shared = co_await readPages(base, "/global/" + QByteArray::number(*number), file, stop);
    if (!shared)
        co_return tl::unexpected(shared.error());
    const auto databases = co_await listDatabases(base, stop);
    if (!databases)
        co_return tl::unexpected(databases.error());
    for (const std::uint32_t database : *databases) {
        const auto read = co_await readDatabase(base, database, stop);
        if (!read)
            co_return tl::unexpected(read.error());
    }
    WalStory learned = std::move(base->story);
    co_return learned;
}

} // namespace tidemark
