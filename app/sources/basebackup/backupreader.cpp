#include "basebackup/backupreader.h"

#include "basebackup/contents.h"
#include "basebackup/hosterror.h"
#include "toolanswer/elsewhere.h"
#include "unpack/unpacker.h"
#include "values/pathtext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 LargestManifest = qint64(1) << 30;
constexpr qint64 LargestSmallFile = 64 << 10;

QString fileName(const HostEntry &entry)
{
    return pathText(entry.path.sliced(entry.path.lastIndexOf('/') + 1));
}

class BackupReader : public std::enable_shared_from_this<BackupReader>
{
public:
    BackupReader(BackupShape shape, QByteArray folder, std::shared_ptr<HostReader> host)
        : m_shape(std::move(shape))
        , m_folder(std::move(folder))
        , m_host(std::move(host))
    {
    }

    QCoro::Task<Result<BackupFacts>> read(std::stop_token stop)
    {
        const auto self = shared_from_this();
        m_facts.carriesWal = m_shape.walFiles > 0 || m_shape.tarNamed("pg_wal") != nullptr;
        if (auto done = co_await readManifestFile(stop); !done)
            co_return tl::unexpected(std::move(done).error());
        if (m_shape.tar) {
            if (auto done = co_await readTar(stop); !done)
                co_return tl::unexpected(std::move(done).error());
        } else {
            if (auto done = co_await readPlain(stop); !done)
                co_return tl::unexpected(std::move(done).error());
        }
        co_return m_facts;
    }

private:
    [[nodiscard]] QByteArray path(const QByteArray &name) const
    {
        return m_folder + (m_shape.path.isEmpty() ? "" : "/" + m_shape.path) + '/' + name;
    }
    [[nodiscard]] QByteArray path(const HostEntry &entry) const { return m_folder + '/' + entry.path; }

    QCoro::Task<Result<>> readManifestFile(std::stop_token stop)
    {
        const auto self = shared_from_this();
        if (!m_shape.file("backup_manifest"))
            co_return Result<>();
        const auto bytes = std::make_shared<QByteArray>();
        const auto take = [bytes](QByteArrayView more) {
            bytes->append(more);
            return bytes->size() < LargestManifest;
        };
        const QByteArray file = path("backup_manifest");
        auto done = co_await m_host->stream(file, 0, take, stop);
        if (!done && ofTheWay(done.error()))
            co_return done;
        if (!done) {
            m_facts.manifestError = done.error();
            co_return Result<>();
        }
        const auto reading = elsewhere([bytes] { return readManifest(*bytes); });
        auto manifest = co_await reading;
        if (manifest)
            m_facts.manifest = std::move(*manifest);
        else
            m_facts.manifestError = manifest.error();
        co_return Result<>();
    }

    // Plain form.

    QCoro::Task<Result<>> readPlain(std::stop_token stop)
    {
        const auto self = shared_from_this();
        QByteArrayList names;
        std::vector<HostReader::Part> parts;
        for (const QByteArray &name : tellingFiles()) {
            if (!m_shape.file(name))
                continue;
            names.append(name);
            parts.push_back(
                { path(name), 0, name == "global/pg_control" ? ControlHeadSize : LargestSmallFile });
        }
        const auto answers = co_await m_host->readMany(parts, stop);
        if (!answers)
            co_return tl::unexpected(answers.error());
        for (qsizetype i = 0; i < names.size(); ++i)
            if (const auto &bytes = (*answers)[std::size_t(i)])
                m_facts.tell(names[i], *bytes);
        if (auto done = co_await readLinks(stop); !done)
            co_return done;
        if (!m_facts.manifest)
            co_return Result<>();
        auto done = co_await compareListing(stop);
        co_return done;
    }

    // Where the links of tablespaces lead, as the tools of the host tell.
    QCoro::Task<Result<>> readLinks(std::stop_token stop)
    {
        const auto self = shared_from_this();
        if (!m_facts.tablespaces.isEmpty())
            co_return Result<>();
        for (const HostEntry *entry : m_shape.tablespaces()) {
            HostCommand command;
            command.words = QStringList { u"readlink"_s, u"--"_s, QString::fromUtf8(path(*entry)) };
            const auto output = co_await m_host->run(command, stop);
            if (!output && ofTheWay(output.error()))
                co_return tl::unexpected(output.error());
            if (output && output->exit == 0)
                m_facts.tablespaces.append(QString::fromUtf8(output->out).chopped(1));
        }
        co_return Result<>();
    }

    QCoro::Task<Result<>> compareListing(std::stop_token stop)
    {
        const auto self = shared_from_this();
        const auto files = std::make_shared<ManifestFiles>(*m_facts.manifest);
        const auto differences = std::make_shared<Differences>();
        QByteArrayList prefixes { QByteArray() };
        for (const HostEntry *entry : m_shape.tablespaces())
            if (entry->kind == EntryKind::Link)
                prefixes.append("pg_tblspc/" + fileName(*entry).toUtf8() + '/');
        for (const QByteArray &prefix : prefixes) {
            const auto take = [files, differences, prefix](const std::vector<HostEntry> &entries) {
                for (const HostEntry &entry : entries)
                    if (entry.kind == EntryKind::File)
                        files->seen(prefix + entry.path, entry.size, *differences);
            };
            HostListing listing;
            listing.folder = prefix.isEmpty() ? m_folder + "/" + m_shape.path : path(prefix.chopped(1));
            listing.depth = 0;
            const auto closed = co_await m_host->list(listing, take, stop);
            if (!closed && ofTheWay(closed.error()))
                co_return tl::unexpected(closed.error());
        }
        files->finish(*differences);
        m_facts.listed = *differences;
        co_return Result<>();
    }

    // Tar form: the beginning of base.tar, which tells what the backup is, and the ends of all archives.

    QCoro::Task<Result<>> readTar(std::stop_token stop)
    {
        const auto self = shared_from_this();
        const auto contents = std::make_shared<TarContents>(nullptr);
        if (const HostEntry *base = m_shape.tarNamed("base")) {
            contents->beginArchive(fileName(*base).toUtf8(), {});
            if (auto done = co_await readBeginning(*base, contents, stop); !done)
                co_return done;
        }
        for (const QByteArray &name : tellingFiles())
            if (contents->has(name))
                m_facts.tell(name, contents->small(name));
        m_facts.carriesWal = m_facts.carriesWal || contents->walSeen();
        auto done = co_await judgeSizes(stop);
        co_return done;
    }

    QCoro::Task<Result<>> readBeginning(
        HostEntry entry, std::shared_ptr<TarContents> contents, std::stop_token stop)
    {
        const auto self = shared_from_this();
        const std::shared_ptr<Unpacker> unpacker = Unpacker::make(packingOfName(entry.path));
        const auto sink
            = [contents](QByteArrayView plain) { return contents->take(plain) && !contents->labelSeen(); };
        const bool packed = packingOfName(entry.path) != Packing::None;
        const auto take = [packed, unpacker, sink](QByteArrayView bytes) {
            return packed ? unpacker->take(bytes, sink) : sink(bytes);
        };
        const QByteArray file = path(entry);
        const auto done = co_await m_host->stream(file, 0, take, stop);
        if (!done && ofTheWay(done.error()))
            co_return tl::unexpected(done.error());
        co_return Result<>();
    }

    // The size an archive must have at least, and the zeros it ends with.
    QCoro::Task<Result<>> judgeSizes(std::stop_token stop)
    {
        const auto self = shared_from_this();
        Differences differences;
        for (const HostEntry *entry : m_shape.tars()) {
            if (packingOfName(entry->path) != Packing::None)
                continue;
            const qint64 from = std::max<qint64>(0, entry->size - 1024);
            const QByteArray file = path(*entry);
            const auto end = co_await m_host->read(file, from, 1024, stop);
            if (!end && ofTheWay(end.error()))
                co_return tl::unexpected(end.error());
            const bool zeros = end && end->size() == 1024 && end->count('\0') == 1024;
            const qint64 least = leastSize(*entry);
            if ((!zeros || entry->size < least) && differences.unreadable.isEmpty())
                differences.unreadable = entry->size < least
                    ? u"%1: %2 bytes, at least %3 are needed"_s.arg(fileName(*entry))
                          .arg(entry->size)
                          .arg(least)
                    : u"%1: the archive ends in the middle"_s.arg(fileName(*entry));
        }
        m_facts.sizesOnly = true;
        if (m_facts.manifest || !differences.none())
            m_facts.listed = differences;
        co_return Result<>();
    }

    [[nodiscard]] qint64 leastSize(const HostEntry &entry) const
    {
        const QByteArray stem = stemOf(entry);
        if (!m_facts.manifest || stem == "pg_wal")
            return 0;
        const bool base = stem == "base";
        qint64 least = 1024;
        for (const BackupManifest::File &file : m_facts.manifest->files) {
            const bool tablespace = file.path.startsWith("pg_tblspc/");
            if (base ? !tablespace : file.path.startsWith("pg_tblspc/" + stem + '/'))
                least += tarSize(std::max<qint64>(file.size, 0));
        }
        return least;
    }

    BackupShape m_shape;
    QByteArray m_folder;
    std::shared_ptr<HostReader> m_host;
    BackupFacts m_facts;
};

} // namespace

QCoro::Task<Result<BackupFacts>> readBackup(
    BackupShape shape, QByteArray folder, std::shared_ptr<HostReader> host, std::stop_token stop)
{
    const auto reader = std::make_shared<BackupReader>(shape, folder, host);
    auto facts = co_await reader->read(stop);
    co_return facts;
}

} // namespace tidemark
