#include "basebackup/backupreader.h"

#include "basebackup/contents.h"
#include "toolanswer/elsewhere.h"
#include "unpack/unpacker.h"
#include "values/pathtext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 LargestManifest = qint64(1) << 30;
constexpr qint64 LargestSmallFile = 64 << 10;
constexpr qint64 LargestTogether = 1 << 20; // files that are read many at a time, and how many
constexpr qint64 BytesTogether = 8 << 20;
constexpr std::size_t FilesTogether = 400;

// Errors of the way there; what one file says of itself is a fact of the backup.
bool ofTheWay(const Error &error)
{
    return !error.code.startsWith(u"host.") || error.kind == ErrorKind::Cancelled
        || error.kind == ErrorKind::Timeout || error.code == u"host.sudo" || error.code == u"host.no-shell"
        || error.code == u"host.cut-off";
}

QString fileName(const HostEntry &entry)
{
    return pathText(entry.path.sliced(entry.path.lastIndexOf('/') + 1));
}

class BackupReader : public std::enable_shared_from_this<BackupReader>
{
public:
    BackupReader(BackupShape shape, QByteArray folder, std::shared_ptr<HostReader> host,
        std::shared_ptr<BaseBackupBudget> budget)
        : m_shape(std::move(shape))
        , m_folder(std::move(folder))
        , m_host(std::move(host))
        , m_budget(std::move(budget))
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

    void tell(const QByteArray &name, const QByteArray &bytes)
    {
        if (name == "backup_label") {
            m_facts.labelThere = true;
            m_facts.label = readLabel(bytes);
        } else if (name == "tablespace_map") {
            m_facts.tablespaces = readTablespaceMap(bytes);
        } else if (name == "PG_VERSION") {
            m_facts.major = bytes.trimmed().toInt();
        } else {
            m_facts.control = readControlHead(bytes);
        }
    }

    // Plain form.

    QCoro::Task<Result<>> readPlain(std::stop_token stop)
    {
        const auto self = shared_from_this();
        QByteArrayList names;
        std::vector<HostReader::Part> parts;
        for (const QByteArray name :
            { "backup_label", "tablespace_map", "PG_VERSION", "global/pg_control" }) {
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
                tell(names[i], *bytes);
        if (auto done = co_await readLinks(stop); !done)
            co_return done;
        if (!m_facts.manifest)
            co_return Result<>();
        if (auto done = co_await compareListing(stop); !done)
            co_return done;
        const auto files = m_facts.manifest->files.size();
        if (m_shape.sum.bytes <= m_budget->contents && files <= m_budget->files && m_facts.listed->none()) {
            m_budget->contents -= m_shape.sum.bytes;
            m_budget->files -= files;
            auto done = co_await compareContents(stop);
            co_return done;
        }
        co_return Result<>();
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

    // Small files come many at a time, large ones one by one in portions.
    QCoro::Task<Result<>> compareContents(std::stop_token stop)
    {
        const auto self = shared_from_this();
        m_facts.contents = Differences {};
        std::vector<const BackupManifest::File *> some;
        qint64 bytes = 0;
        for (const BackupManifest::File &file : m_facts.manifest->files) {
            if (mayDiffer(file.path))
                continue;
            if (file.size > LargestTogether) {
                if (auto done = co_await compareLarge(&file, stop); !done)
                    co_return done;
                continue;
            }
            some.push_back(&file);
            bytes += file.size;
            if (bytes < BytesTogether && some.size() < FilesTogether)
                continue;
            if (auto done = co_await compareSmall(some, stop); !done)
                co_return done;
            some.clear();
            bytes = 0;
        }
        auto done = co_await compareSmall(some, stop);
        co_return done;
    }

    void differs(const BackupManifest::File &file)
    {
        if (m_facts.contents->otherContent++ == 0)
            m_facts.contents->firstOtherContent = file.path;
    }
    void cannotBeRead(const Error &error)
    {
        if (m_facts.contents->unreadable.isEmpty())
            m_facts.contents->unreadable = error.detail;
    }

    QCoro::Task<Result<>> compareLarge(const BackupManifest::File *file, std::stop_token stop)
    {
        const auto self = shared_from_this();
        const auto checksum = std::make_shared<FileChecksum>(*file);
        const auto take = [checksum](QByteArrayView bytes) {
            checksum->add(bytes);
            return true;
        };
        const QByteArray whole = path(file->path);
        const auto done = co_await m_host->stream(whole, 0, take, stop);
        if (!done && ofTheWay(done.error()))
            co_return tl::unexpected(done.error());
        if (!done)
            cannotBeRead(done.error());
        else if (!checksum->holds())
            differs(*file);
        co_return Result<>();
    }

    QCoro::Task<Result<>> compareSmall(std::vector<const BackupManifest::File *> files, std::stop_token stop)
    {
        const auto self = shared_from_this();
        std::vector<HostReader::Part> parts;
        for (const BackupManifest::File *file : files)
            parts.push_back({ path(file->path), 0, file->size });
        auto answers = co_await m_host->readMany(parts, stop);
        if (!answers)
            co_return tl::unexpected(std::move(answers).error());
        const auto comparing = elsewhere([self, files, answers = *std::move(answers)] {
            for (std::size_t i = 0; i < files.size(); ++i)
                self->compare(*files[i], answers[i]);
            return true;
        });
        static_cast<void>(co_await comparing);
        co_return Result<>();
    }

    // On another thread, while nothing else goes on here.
    void compare(const BackupManifest::File &file, const Result<QByteArray> &bytes)
    {
        if (!bytes)
            return cannotBeRead(bytes.error());
        FileChecksum checksum(file);
        checksum.add(*bytes);
        if (!checksum.holds())
            differs(file);
    }

    // Tar form.

    QCoro::Task<Result<>> readTar(std::stop_token stop)
    {
        const auto self = shared_from_this();
        const bool whole = m_shape.sum.bytes <= m_budget->contents;
        if (whole)
            m_budget->contents -= m_shape.sum.bytes;
        const auto files = m_facts.manifest ? std::make_shared<ManifestFiles>(*m_facts.manifest) : nullptr;
        const auto contents = std::make_shared<TarContents>(whole ? files.get() : nullptr);
        for (const HostEntry *entry : m_shape.tars()) {
            const QByteArray stem = entry->path.sliced(entry->path.lastIndexOf('/') + 1).split('.').first();
            if (stem == "pg_wal" || (!whole && stem != "base"))
                continue;
            const QByteArray prefix = stem == "base" ? QByteArray() : "pg_tblspc/" + stem + '/';
            contents->beginArchive(fileName(*entry).toUtf8(), prefix);
            if (auto done = co_await streamTar(*entry, contents, whole, stop); !done)
                co_return done;
        }
        for (const char *name : { "backup_label", "tablespace_map", "PG_VERSION", "global/pg_control" })
            if (contents->has(name))
                tell(name, contents->small(name));
        m_facts.carriesWal = m_facts.carriesWal || contents->walSeen();
        if (whole)
            judgeContents(*contents, files.get());
        else
            co_return co_await judgeSizes(stop);
        co_return Result<>();
    }

    void judgeContents(TarContents &contents, const ManifestFiles *files)
    {
        Differences found = contents.differences();
        if (files)
            files->finish(found);
        if (files && m_shape.tarNamed("base"))
            m_facts.contents = found;
        else if (!found.unreadable.isEmpty())
            m_facts.listed = found;
        if (files)
            m_facts.listed = found;
    }

    QCoro::Task<Result<>> streamTar(
        HostEntry entry, std::shared_ptr<TarContents> contents, bool whole, std::stop_token stop)
    {
        const auto self = shared_from_this();
        const std::shared_ptr<Unpacker> unpacker = Unpacker::make(packingOfName(entry.path));
        const auto sink = [contents, whole](QByteArrayView plain) {
            return contents->take(plain) && (whole || !contents->labelSeen());
        };
        const bool packed = packingOfName(entry.path) != Packing::None;
        const auto take = [packed, unpacker, sink](QByteArrayView bytes) {
            return packed ? unpacker->take(bytes, sink) : sink(bytes);
        };
        const QByteArray file = path(entry);
        const auto done = co_await m_host->stream(file, 0, take, stop);
        if (!done && ofTheWay(done.error()))
            co_return tl::unexpected(done.error());
        if (!done)
            contents->differences().unreadable = done.error().detail;
        else if (whole)
            contents->endArchive(packed ? unpacker->finish() : QString());
        co_return Result<>();
    }

    // Too large to be read whole: the size an archive must have at least, and the zeros it ends with.
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
        const QByteArray stem = entry.path.sliced(entry.path.lastIndexOf('/') + 1).split('.').first();
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
    std::shared_ptr<BaseBackupBudget> m_budget;
    BackupFacts m_facts;
};

} // namespace

QCoro::Task<Result<BackupFacts>> readBackup(BackupShape shape, QByteArray folder,
    std::shared_ptr<HostReader> host, std::shared_ptr<BaseBackupBudget> budget, std::stop_token stop)
{
    const auto reader = std::make_shared<BackupReader>(shape, folder, host, budget);
    auto facts = co_await reader->read(stop);
    co_return facts;
}

} // namespace tidemark
