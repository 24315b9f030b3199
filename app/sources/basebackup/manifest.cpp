#include "basebackup/manifest.h"

#include "toolanswer/json.h"
#include "wal/crc32c.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Result<> checkWhole(const QByteArray &bytes)
{
    static constexpr QByteArrayView Key = "\"Manifest-Checksum\"";
    const qsizetype key = bytes.lastIndexOf(Key);
    const QByteArray end = key < 0 ? QByteArray() : bytes.sliced(key + Key.size());
    const qsizetype open = end.indexOf('"');
    const qsizetype close = end.indexOf('"', open + 1);
    if (open < 0 || close < 0 || !end.trimmed().endsWith('}'))
        return failure(ErrorKind::Invalid, u"basebackup.manifest-cut"_s, u"backup_manifest is cut off"_s);
    const QByteArray said = QByteArray::fromHex(end.sliced(open + 1, close - open - 1));
    if (said != QCryptographicHash::hash(QByteArrayView(bytes).first(key), QCryptographicHash::Sha256))
        return failure(ErrorKind::Invalid, u"basebackup.manifest-changed"_s,
            u"backup_manifest does not agree with its own checksum"_s);
    return {};
}

BackupManifest::File fileOf(const JsonView &entry)
{
    BackupManifest::File file;
    file.path = entry["Path"].exists() ? entry.text("Path").toUtf8()
                                       : QByteArray::fromHex(entry.text("Encoded-Path").toLatin1());
    file.size = entry.number("Size").value_or(-1);
    file.algorithm = entry.text("Checksum-Algorithm").toLatin1();
    file.checksum = QByteArray::fromHex(entry.text("Checksum").toLatin1());
    return file;
}

std::optional<BackupManifest::Range> rangeOf(const JsonView &entry)
{
    const auto timeline = entry.number("Timeline");
    const auto start = Lsn::parse(entry.text("Start-LSN"));
    const auto end = Lsn::parse(entry.text("End-LSN"));
    if (!timeline || !start || !end)
        return {};
    return BackupManifest::Range { { static_cast<std::uint32_t>(*timeline) }, *start, *end };
}

} // namespace

Result<BackupManifest> readManifest(const QByteArray &bytes)
{
    if (auto whole = checkWhole(bytes); !whole)
        return tl::unexpected(std::move(whole).error());
    const auto answer = ToolAnswer::read(bytes, u"basebackup.manifest"_s);
    if (!answer)
        return tl::unexpected(answer.error());
    const JsonView root = answer->root();
    const auto version = root.number("PostgreSQL-Backup-Manifest-Version").value_or(0);
    if (version < 1 || version > 2)
        return failure(ErrorKind::Invalid, u"basebackup.manifest"_s,
            u"backup_manifest is of version %1, which is not known"_s.arg(version));
    BackupManifest manifest;
    if (const auto id = root.large("System-Identifier"))
        manifest.systemId = SystemId { *id };
    for (const JsonView &entry : root["Files"].items()) {
        manifest.files.push_back(fileOf(entry));
        manifest.size += std::max<qint64>(manifest.files.back().size, 0);
        if (manifest.files.back().path == "backup_label")
            manifest.started = entry.text("Last-Modified");
    }
    for (const JsonView &entry : root["WAL-Ranges"].items())
        if (const auto range = rangeOf(entry))
            manifest.ranges.push_back(*range);
    return manifest;
}

bool mayDiffer(const QByteArray &path)
{
    static constexpr std::array Free { "postgresql.auto.conf", "recovery.signal", "standby.signal",
        "backup_manifest", "backup_label.old", "tablespace_map.old", "postmaster.pid", "postmaster.opts" };
    return path.startsWith("pg_wal/")
        || std::ranges::any_of(Free, [&](const char *name) { return path == name; });
}

struct FileChecksum::State {
    QByteArray expected;
    std::optional<Crc32c> crc;
    std::unique_ptr<QCryptographicHash> hash;
};

FileChecksum::FileChecksum(const BackupManifest::File &file)
    : m_state(std::make_unique<State>())
{
    m_state->expected = file.checksum;
    const auto use = [&](QCryptographicHash::Algorithm algorithm) {
        m_state->hash = std::make_unique<QCryptographicHash>(algorithm);
    };
    if (file.algorithm == "CRC32C")
        m_state->crc.emplace();
    else if (file.algorithm == "SHA224")
        use(QCryptographicHash::Sha224);
    else if (file.algorithm == "SHA256")
        use(QCryptographicHash::Sha256);
    else if (file.algorithm == "SHA384")
        use(QCryptographicHash::Sha384);
    else if (file.algorithm == "SHA512")
        use(QCryptographicHash::Sha512);
}

FileChecksum::~FileChecksum() = default;

bool FileChecksum::isKnown(const BackupManifest::File &file)
{
    const FileChecksum made(file);
    return !file.checksum.isEmpty() && (made.m_state->crc || made.m_state->hash);
}

void FileChecksum::add(QByteArrayView bytes)
{
    if (m_state->crc)
        m_state->crc->add(bytes.data(), static_cast<std::size_t>(bytes.size()));
    else if (m_state->hash)
        m_state->hash->addData(bytes);
}

// A CRC is written as its bytes lie in memory, the lowest first.
bool FileChecksum::holds()
{
    if (m_state->hash)
        return m_state->hash->result() == m_state->expected;
    if (!m_state->crc)
        return true;
    QByteArray bytes;
    for (std::uint32_t value = m_state->crc->value(), i = 0; i < 4; ++i, value >>= 8)
        bytes += static_cast<char>(value & 0xff);
    return bytes == m_state->expected;
}

} // namespace tidemark
