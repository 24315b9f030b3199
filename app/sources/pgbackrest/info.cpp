#include "pgbackrest/info.h"

#include "toolanswer/json.h"

namespace tidemark::pgbackrest {

using namespace Qt::StringLiterals;

namespace {

Status statusOf(const JsonView &status)
{
    return { status.number("code").value_or(Other), status.text("message") };
}

Repository repositoryOf(const JsonView &repository)
{
    return { repository.number("key").value_or(1), repository.text("cipher"),
        statusOf(repository["status"]) };
}

Database databaseOf(const JsonView &database)
{
    const auto systemId = database.large("system-id");
    return { database.number("id").value_or(1), database.number("repo-key").value_or(1),
        systemId ? std::optional(SystemId { *systemId }) : std::nullopt, database.text("version") };
}

ArchiveRange rangeOf(const JsonView &archive)
{
    const JsonView database = archive["database"];
    return { archive.text("id"), database.number("id").value_or(1), database.number("repo-key").value_or(1),
        archive.text("min").toLatin1(), archive.text("max").toLatin1() };
}

std::optional<Bytes> bytesOf(const JsonView &view, std::string_view key)
{
    const auto count = view.number(key);
    return count ? std::optional(Bytes { *count }) : std::nullopt;
}

void readTimes(Backup &backup, const JsonView &view)
{
    backup.start = view["timestamp"].seconds("start");
    backup.stop = view["timestamp"].seconds("stop");
    backup.startLsn = Lsn::parse(view["lsn"].text("start"));
    backup.stopLsn = Lsn::parse(view["lsn"].text("stop"));
    backup.firstWal = view["archive"].text("start").toLatin1();
    backup.lastWal = view["archive"].text("stop").toLatin1();
}

void readDetails(Backup &backup, const JsonView &view)
{
    view["annotation"].members([&](std::string_view name, const JsonView &value) {
        backup.annotations.insert(qstring(name), value.text());
    });
    backup.damagedFiles = view.texts("error-list");
    for (const JsonView &tablespace : view["tablespace"].items())
        backup.tablespaces << tablespace.text("destination");
}

Backup backupOf(const JsonView &view)
{
    const JsonView info = view["info"];
    Backup backup { .label = view.text("label"),
        .type = view.text("type"),
        .prior = view.text("prior"),
        .references = view.texts("reference"),
        .database = view["database"].number("id").value_or(1),
        .repository = view["database"].number("repo-key").value_or(1),
        .size = bytesOf(info, "size"),
        .stored = bytesOf(info["repository"], "delta"),
        .pageErrors = view.flag("error").value_or(false),
        .version = view["backrest"].text("version") };
    readTimes(backup, view);
    readDetails(backup, view);
    return backup;
}

template <class T, class Make>
std::vector<T> listOf(const JsonView &list, Make make)
{
    std::vector<T> out;
    for (const JsonView &item : list.items())
        out.push_back(make(item));
    return out;
}

Stanza stanzaOf(const JsonView &view)
{
    return { view.text("name"), statusOf(view["status"]),
        view["status"]["lock"]["backup"].flag("held").value_or(false),
        listOf<Repository>(view["repo"], repositoryOf), listOf<Database>(view["db"], databaseOf),
        listOf<ArchiveRange>(view["archive"], rangeOf), listOf<Backup>(view["backup"], backupOf) };
}

} // namespace

Result<std::vector<Stanza>> parseInfo(const QByteArray &json)
{
    auto answer = ToolAnswer::read(json, u"pgbackrest.garbled"_s);
    if (!answer)
        return tl::unexpected(answer.error());
    if (!answer->root().isList())
        return failure(ErrorKind::Protocol, u"pgbackrest.garbled"_s, u"info is not a list of stanzas"_s);
    return listOf<Stanza>(answer->root(), stanzaOf);
}

} // namespace tidemark::pgbackrest
