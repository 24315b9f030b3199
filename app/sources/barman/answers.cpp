#include "barman/answers.h"

#include "toolanswer/json.h"
#include "wal/segment.h"

namespace tidemark::barman {

using namespace Qt::StringLiterals;

namespace {

const QString Garbled = u"barman.garbled"_s;

QStringList textsOf(const JsonView &root, std::string_view key)
{
    QStringList texts;
    for (const QString &text : root.texts(key))
        texts << text.trimmed();
    return texts;
}

// An answer without the server it is about is an error in Barman's words.
Result<ToolAnswer> answerAbout(const QByteArray &json, const QString &server)
{
    auto answer = ToolAnswer::read(json, Garbled);
    if (!answer)
        return answer;
    const QStringList errors = textsOf(answer->root(), "_ERROR");
    if (answer->root()[server.toStdString()].isObject() && errors.isEmpty())
        return answer;
    return failure(ErrorKind::Protocol, u"barman.failed"_s,
        errors.isEmpty() ? u"nothing about server \"%1\""_s.arg(server) : errors.join(u'\n'));
}

ListedBackup listedBackup(const JsonView &entry)
{
    return { entry.text("backup_id"), entry.text("status"), entry.text("retention_status"),
        entry.text("backup_name"), entry.number("size_bytes").value_or(-1),
        entry.number("end_time_timestamp").value_or(-1) };
}

// "2026-11-20 12:34:14.992551+00:00"; older versions may leave the zone out, then the seconds count.
std::optional<Instant> timeOf(const JsonView &base, std::string_view text, std::string_view seconds)
{
    const auto exact = Instant::parse(base.text(text));
    return exact ? exact : base.seconds(seconds);
}

std::optional<Bytes> bytesOf(const JsonView &view, std::string_view key)
{
    const auto count = view.number(key);
    return count ? std::optional(Bytes { *count }) : std::nullopt;
}

void readBase(Backup &backup, const JsonView &base)
{
    backup.method = base.text("backup_method");
    backup.start = timeOf(base, "begin_time", "begin_time_timestamp");
    backup.stop = timeOf(base, "end_time", "end_time_timestamp");
    backup.startLsn = Lsn::parse(base.text("begin_lsn"));
    backup.stopLsn = Lsn::parse(base.text("end_lsn"));
    backup.firstWal = base.text("begin_wal").toLatin1();
    if (const auto timeline = base.number("timeline"); timeline && *timeline > 0)
        backup.timeline = TimelineId { static_cast<std::uint32_t>(*timeline) };
    backup.compression = base.text("compression");
    backup.encryption = base.text("encryption");
    backup.stored = bytesOf(base, "backup_size_bytes");
    if (!backup.stored)
        backup.stored = bytesOf(base, "disk_usage_bytes"); // before 3.13
}

std::optional<SystemId> systemIdOf(const JsonView &view, std::string_view key)
{
    const auto id = view.large(key);
    return id && *id > 0 ? std::optional(SystemId { *id }) : std::nullopt;
}

} // namespace

bool ListedBackup::runs() const
{
    return status == u"EMPTY"_s || status == u"STARTED"_s || status == u"SYNCING"_s;
}

bool ListedBackup::ready() const
{
    return status == u"DONE"_s || status == u"WAITING_FOR_WALS"_s;
}

Result<Listing> parseListing(const QByteArray &json)
{
    auto answer = ToolAnswer::read(json, Garbled);
    if (!answer)
        return tl::unexpected(answer.error());
    const JsonView root = answer->root();
    if (!root.isObject())
        return failure(ErrorKind::Protocol, Garbled, u"list-backup is not an object"_s);
    Listing listing { {}, { textsOf(root, "_ERROR"), textsOf(root, "_WARNING") } };
    root.members([&](std::string_view name, const JsonView &backups) {
        if (name.starts_with('_') || !backups.isList())
            return;
        ListedServer server { qstring(name), {} };
        for (const JsonView &entry : backups.items())
            server.backups.push_back(listedBackup(entry));
        listing.servers.push_back(std::move(server));
    });
    return listing;
}

Result<Backup> parseBackup(const QByteArray &json, const QString &server)
{
    const auto answer = answerAbout(json, server);
    if (!answer)
        return tl::unexpected(answer.error());
    const JsonView view = answer->root()[server.toStdString()];
    const JsonView catalog = view["catalog_information"];
    Backup backup { .status = view.text("status"),
        .error = view.text("error"),
        .incremental = view.text("backup_type") == u"incremental"_s,
        .parent = catalog.text("parent_backup_id"),
        .root = catalog.text("root_backup_id"),
        .name = view.text("backup_name"),
        .serverVersion = static_cast<int>(view.number("postgresql_version").value_or(0)),
        .systemId = systemIdOf(view, "system_id") };
    readBase(backup, view["base_backup_information"]);
    backup.size = bytesOf(view, "cluster_size_bytes");
    backup.lastAvailableWal = view["wal_information"].text("last_available").toLatin1();
    for (const JsonView &tablespace : view["tablespaces"].items())
        backup.tablespaces << tablespace.text("location");
    return backup;
}

Result<Server> parseServer(const QByteArray &json, const QString &server)
{
    const auto answer = answerAbout(json, server);
    if (!answer)
        return tl::unexpected(answer.error());
    const JsonView view = answer->root()[server.toStdString()];
    Server out { .walFolder = view.text("wals_directory"),
        .backupFolder = view.text("backup_directory"),
        .baseFolder = view.text("basebackups_directory"),
        .method = view.text("backup_method"),
        .compression = view.text("compression"),
        .encryption = view.text("encryption"),
        .disabled = view.flag("disabled").value_or(false),
        .active = view.flag("active").value_or(true),
        .inactiveWhy = textsOf(view, "msg_list").join(u'\n'),
        .systemId = systemIdOf(view, "postgres_systemid") };
    if (const auto size = view.large("xlog_segment_size"); size && isSegmentSize(*size))
        out.segmentSize = static_cast<std::uint32_t>(*size);
    return out;
}

Result<QStringList> parseCheck(const QByteArray &json, const QString &server)
{
    const auto answer = answerAbout(json, server);
    if (!answer)
        return tl::unexpected(answer.error());
    QStringList failed;
    answer->root()[server.toStdString()].members([&](std::string_view name, const JsonView &check) {
        if (check.text("status") == u"OK"_s)
            return;
        const QString hint = check.text("hint");
        failed << (hint.isEmpty() ? qstring(name) : qstring(name) + u": "_s + hint);
    });
    return failed;
}

std::optional<SystemId> parseIdentity(const QByteArray &json)
{
    const auto answer = ToolAnswer::read(json, Garbled);
    return answer ? systemIdOf(answer->root(), "systemid") : std::nullopt;
}

} // namespace tidemark::barman
