#include "basebackup/contents.h"

#include "values/pathtext.h"
#include "wal/segment.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 LargestSmallFile = 64 << 10;

void note(qint64 &count, QByteArray &first, const QByteArray &path)
{
    if (count++ == 0 || path < first)
        first = path;
}

} // namespace

ManifestFiles::ManifestFiles(const BackupManifest &manifest)
{
    m_files.reserve(static_cast<qsizetype>(manifest.files.size()));
    for (const BackupManifest::File &file : manifest.files)
        m_files.insert(file.path, &file);
}

const BackupManifest::File *ManifestFiles::meet(const QByteArray &path)
{
    return m_files.take(path);
}

void ManifestFiles::seen(const QByteArray &path, qint64 size, Differences &differences)
{
    const BackupManifest::File *file = meet(path);
    if (file && file->size != size && !mayDiffer(path))
        note(differences.otherSize, differences.firstOtherSize, path);
}

void ManifestFiles::finish(Differences &differences) const
{
    for (auto it = m_files.keyBegin(); it != m_files.keyEnd(); ++it)
        if (!mayDiffer(*it))
            note(differences.missing, differences.firstMissing, *it);
}

class TarContents::Listener : public TarListener
{
public:
    explicit Listener(TarContents &contents)
        : m_contents(contents)
    {
    }
    void begin(const QByteArray &path, qint64 size) override { m_contents.beginFile(path, size); }
    void take(QByteArrayView bytes) override { m_contents.takeBytes(bytes); }
    void end() override { m_contents.endFile(); }

private:
    TarContents &m_contents;
};

TarContents::TarContents(ManifestFiles *files)
    : m_files(files)
    , m_listener(std::make_unique<Listener>(*this))
{
}

TarContents::~TarContents() = default;

void TarContents::beginArchive(const QByteArray &name, const QByteArray &prefix)
{
    m_archive = name;
    m_prefix = prefix;
    m_reader = std::make_unique<TarReader>(*m_listener);
}

bool TarContents::take(QByteArrayView plain)
{
    return m_reader->take(plain);
}

void TarContents::endArchive(const QString &unpacking)
{
    if (!m_differences.unreadable.isEmpty())
        return;
    if (!unpacking.isEmpty())
        m_differences.unreadable = pathText(m_archive) + u": "_s + unpacking;
    else if (m_reader->damaged())
        m_differences.unreadable = pathText(m_archive) + u": the archive is damaged"_s;
    else if (!m_reader->ended())
        m_differences.unreadable = pathText(m_archive) + u": the archive ends in the middle"_s;
}

void TarContents::beginFile(const QByteArray &path, qint64 size)
{
    m_path = m_prefix + (path.startsWith("./") ? path.mid(2) : path);
    m_keep = m_prefix.isEmpty() && tellingFiles().contains(m_path) && size <= LargestSmallFile;
    if (m_keep)
        m_small.insert(m_path, {});
    const QByteArray name = m_path.sliced(m_path.lastIndexOf('/') + 1);
    if (m_path.startsWith("pg_wal/") && WalFileName::parse(name).kind == WalFileKind::Segment)
        m_walSeen = true;
    const BackupManifest::File *file = m_files ? m_files->meet(m_path) : nullptr;
    if (file && file->size != size && !mayDiffer(m_path))
        note(m_differences.otherSize, m_differences.firstOtherSize, m_path);
    else if (file && !mayDiffer(m_path))
        m_checksum = std::make_unique<FileChecksum>(*file);
}

void TarContents::takeBytes(QByteArrayView bytes)
{
    if (m_keep)
        m_small[m_path].append(bytes);
    if (m_checksum)
        m_checksum->add(bytes);
}

void TarContents::endFile()
{
    if (m_checksum && !m_checksum->holds())
        note(m_differences.otherContent, m_differences.firstOtherContent, m_path);
    m_checksum.reset();
    m_keep = false;
}

} // namespace tidemark
