#include "replaycalls.h"

#include "support/pbs/print.h"
#include "support/settle.h"

#include <QRegularExpression>

namespace tidemark::test {

using namespace Qt::StringLiterals;

namespace {

using Run = std::function<QString()>;
using ClientPtr = std::shared_ptr<pbs::Client>;
using Make = Run (*)(RecordedFields &, ClientPtr);

// A call to make later, and its outcome printed.
template <class Call>
Run later(Call call)
{
    return [call] {
        const auto outcome = settle(call());
        return outcome ? Printer::of(*outcome) : QStringLiteral("hung");
    };
}

Run verify(RecordedFields &f, ClientPtr c)
{
    pbs::VerifyRequest request { .store = f.at(0) };
    if (f.has(u"backup-time"_s))
        request.snapshot = f.snapshot();
    else if (f.has(u"backup-type"_s))
        request.group = f.group();
    else
        request.ns = f.maybe(u"ns"_s);
    request.ignoreVerified = f.flag(u"ignore-verified"_s);
    request.outdatedAfterDays = f.number(u"outdated-after"_s);
    request.maxDepth = f.number(u"max-depth"_s);
    return later([=] { return c->verify(request, {}); });
}

Run prune(RecordedFields &f, ClientPtr c)
{
    const QString store = f.at(0);
    const auto group = f.group();
    const auto keep = f.keep();
    const bool dry = f.flag(u"dry-run"_s).value_or(false);
    if (f.flag(u"use-task"_s).value_or(false))
        return later([=] { return c->pruneGroupAsTask(store, group, keep, {}); });
    return later([=] { return c->pruneGroup(store, group, keep, dry, {}); });
}

Run pruneDatastore(RecordedFields &f, ClientPtr c)
{
    pbs::PruneRequest request { .store = f.at(0) };
    request.ns = f.maybe(u"ns"_s);
    request.maxDepth = f.number(u"max-depth"_s);
    request.keep = f.keep();
    request.dryRun = f.flag(u"dry-run"_s).value_or(false);
    return later([=] { return c->pruneDatastore(request, {}); });
}

pbs::PruneJobChange jobChange(RecordedFields &f, const QString &id)
{
    return { .id = id,
        .store = f.maybe(u"store"_s),
        .schedule = f.maybe(u"schedule"_s),
        .disabled = f.flag(u"disable"_s),
        .ns = f.maybe(u"ns"_s),
        .maxDepth = f.number(u"max-depth"_s),
        .keep = f.keep(),
        .comment = f.maybe(u"comment"_s),
        .unset = f.all(u"delete"_s),
        .digest = f.text(u"digest"_s) };
}

pbs::TaskFilter taskFilter(RecordedFields &f)
{
    const QStringList states = f.all(u"statusfilter"_s);
    return { .start = f.number(u"start"_s),
        .limit = f.number(u"limit"_s),
        .running = f.flag(u"running"_s),
        .errors = f.flag(u"errors"_s),
        .since = f.time(u"since"_s),
        .until = f.time(u"until"_s),
        .type = f.text(u"typefilter"_s),
        .user = f.text(u"userfilter"_s),
        .store = f.text(u"store"_s),
        .endStates = { states.begin(), states.end() } };
}

Run runJob(RecordedFields &f, ClientPtr c)
{
    const auto kind = f.at(0) == u"prune"_s ? pbs::JobKind::Prune
        : f.at(0) == u"verify"_s            ? pbs::JobKind::Verify
                                            : pbs::JobKind::Sync;
    return later([=, id = f.at(1)] { return c->runJob(kind, id, {}); });
}

struct Row {
    const char *method;
    const char *path; // below /api2/json
    Make make;
};

#define STORE "admin/datastore/([^/]+)/"
#define TASK "nodes/localhost/tasks/([^/]+)"

const Row Reads[] = {
    { "GET", "ping", [](auto &, auto c) { return later([=] { return c->ping({}); }); } },
    { "GET", "version", [](auto &, auto c) { return later([=] { return c->version({}); }); } },
    { "GET", "access/permissions",
        [](auto &f, auto c) {
            return later([=, path = f.text(u"path"_s)] { return c->permissions(path, {}); });
        } },
    { "GET", "admin/datastore", [](auto &, auto c) { return later([=] { return c->datastores({}); }); } },
    { "GET", "status/datastore-usage", [](auto &, auto c) { return later([=] { return c->usage({}); }); } },
    { "GET", STORE "status",
        [](auto &f, auto c) {
            const bool counts = f.flag(u"verbose"_s).value_or(false);
            return later([=, store = f.at(0)] { return c->datastoreStatus(store, counts, {}); });
        } },
    { "GET", STORE "namespace",
        [](auto &f, auto c) {
            return later(
                [=, store = f.at(0), parent = f.text(u"parent"_s), depth = f.number(u"max-depth"_s)] {
                    return c->namespaces(store, parent, depth, {});
                });
        } },
    { "GET", STORE "groups",
        [](auto &f, auto c) {
            return later([=, store = f.at(0), ns = f.text(u"ns"_s)] { return c->groups(store, ns, {}); });
        } },
    { "GET", STORE "snapshots",
        [](auto &f, auto c) {
            return later([=, store = f.at(0), ns = f.text(u"ns"_s), type = f.text(u"backup-type"_s),
                             id = f.text(u"backup-id"_s)] { return c->snapshots(store, ns, type, id, {}); });
        } },
    { "GET", STORE "files",
        [](auto &f, auto c) {
            return later([=, store = f.at(0), key = f.snapshot()] { return c->files(store, key, {}); });
        } },
    { "GET", STORE "notes",
        [](auto &f, auto c) {
            return later([=, store = f.at(0), key = f.snapshot()] { return c->notes(store, key, {}); });
        } },
    { "GET", STORE "group-notes",
        [](auto &f, auto c) {
            return later([=, store = f.at(0), group = f.group()] { return c->groupNotes(store, group, {}); });
        } },
    { "GET", STORE "protected",
        [](auto &f, auto c) {
            return later([=, store = f.at(0), key = f.snapshot()] { return c->isProtected(store, key, {}); });
        } },
    { "GET", STORE "gc",
        [](auto &f, auto c) { return later([=, store = f.at(0)] { return c->gc(store, {}); }); } },
    { "GET", "admin/gc(?:/([^/]+))?",
        [](auto &f, auto c) { return later([=, store = f.at(0)] { return c->gcJobs(store, {}); }); } },
    { "GET", "admin/prune",
        [](auto &f, auto c) {
            return later([=, store = f.text(u"store"_s)] { return c->pruneJobs(store, {}); });
        } },
    { "GET", "admin/verify",
        [](auto &f, auto c) {
            return later([=, store = f.text(u"store"_s)] { return c->verifyJobs(store, {}); });
        } },
    { "GET", "admin/sync",
        [](auto &f, auto c) {
            return later([=, store = f.text(u"store"_s)] { return c->syncJobs(store, {}); });
        } },
    { "GET", "config/prune", [](auto &, auto c) { return later([=] { return c->pruneJobConfigs({}); }); } },
    { "GET", "config/prune/([^/]+)",
        [](auto &f, auto c) { return later([=, id = f.at(0)] { return c->pruneJobConfig(id, {}); }); } },
    { "GET", "config/verify", [](auto &, auto c) { return later([=] { return c->verifyJobConfigs({}); }); } },
    { "GET", "config/verify/([^/]+)",
        [](auto &f, auto c) { return later([=, id = f.at(0)] { return c->verifyJobConfig(id, {}); }); } },
    { "GET", "config/sync", [](auto &, auto c) { return later([=] { return c->syncJobConfigs({}); }); } },
    { "GET", "config/sync/([^/]+)",
        [](auto &f, auto c) { return later([=, id = f.at(0)] { return c->syncJobConfig(id, {}); }); } },
    { "GET", "nodes/localhost/tasks",
        [](auto &f, auto c) { return later([=, filter = taskFilter(f)] { return c->tasks(filter, {}); }); } },
    { "GET", TASK "/status",
        [](auto &f, auto c) { return later([=, upid = f.at(0)] { return c->taskStatus(upid, {}); }); } },
    { "GET", TASK "/log",
        [](auto &f, auto c) {
            return later([=, upid = f.at(0), start = f.number(u"start"_s), limit = f.number(u"limit"_s),
                             active = f.flag(u"test-status"_s)] {
                return c->taskLog(upid, start, limit, active.value_or(false), {});
            });
        } },
    { "GET", "nodes/localhost/status",
        [](auto &, auto c) { return later([=] { return c->nodeStatus({}); }); } },
    { "GET", "nodes/localhost/time", [](auto &, auto c) { return later([=] { return c->nodeTime({}); }); } },
    { "GET", "nodes/localhost/subscription",
        [](auto &, auto c) { return later([=] { return c->subscription({}); }); } },
    { "GET", "nodes/localhost/certificates/info",
        [](auto &, auto c) { return later([=] { return c->certificates({}); }); } },
};

const Row Acts[] = {
    { "POST", STORE "prune", [](auto &f, auto c) { return prune(f, c); } },
    { "POST", STORE "prune-datastore", [](auto &f, auto c) { return pruneDatastore(f, c); } },
    { "POST", STORE "verify", [](auto &f, auto c) { return verify(f, c); } },
    { "POST", STORE "gc",
        [](auto &f, auto c) {
            return later([=, store = f.at(0)] { return c->collectGarbage(store, {}); });
        } },
    { "POST", "admin/(prune|verify|sync)/([^/]+)/run", [](auto &f, auto c) { return runJob(f, c); } },
    { "DELETE", TASK,
        [](auto &f, auto c) { return later([=, upid = f.at(0)] { return c->stopTask(upid, {}); }); } },
    { "PUT", STORE "protected",
        [](auto &f, auto c) {
            const auto on = f.flag(u"protected"_s);
            if (!on)
                f.spoil();
            return later([=, store = f.at(0), key = f.snapshot()] {
                return c->protect(store, key, on.value_or(false), {});
            });
        } },
    { "PUT", STORE "notes",
        [](auto &f, auto c) {
            return later([=, store = f.at(0), key = f.snapshot(), notes = f.needed(u"notes"_s)] {
                return c->setNotes(store, key, notes, {});
            });
        } },
    { "PUT", STORE "group-notes",
        [](auto &f, auto c) {
            return later([=, store = f.at(0), group = f.group(), notes = f.needed(u"notes"_s)] {
                return c->setGroupNotes(store, group, notes, {});
            });
        } },
    { "DELETE", STORE "snapshots",
        [](auto &f, auto c) {
            return later(
                [=, store = f.at(0), key = f.snapshot()] { return c->forgetSnapshot(store, key, {}); });
        } },
    { "DELETE", STORE "groups",
        [](auto &f, auto c) {
            return later(
                [=, store = f.at(0), group = f.group()] { return c->forgetGroup(store, group, {}); });
        } },
    { "POST", "config/prune",
        [](auto &f, auto c) {
            return later([=, job = jobChange(f, f.needed(u"id"_s))] { return c->createPruneJob(job, {}); });
        } },
    { "PUT", "config/prune/([^/]+)",
        [](auto &f, auto c) {
            return later([=, job = jobChange(f, f.at(0))] { return c->updatePruneJob(job, {}); });
        } },
    { "DELETE", "config/prune/([^/]+)",
        [](auto &f, auto c) {
            return later([=, id = f.at(0), digest = f.text(u"digest"_s)] {
                return c->deletePruneJob(id, digest, {});
            });
        } },
};

#undef STORE
#undef TASK

QStringList capturesOf(const Row &row, const QByteArray &path)
{
    const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"/api2/json/"_s + QString::fromLatin1(row.path)));
    const auto match = form.match(QString::fromLatin1(path));
    if (!match.hasMatch())
        return { QString() };
    QStringList out { u"fits"_s };
    for (const QString &captured : match.capturedTexts().mid(1))
        out << QString::fromUtf8(QByteArray::fromPercentEncoding(captured.toUtf8()));
    return out;
}

template <std::size_t Count>
Run fromTable(const Row (&rows)[Count], const Recording &recording, const ClientPtr &client)
{
    const bool json = recording.requestHeaders.value(u"Content-Type"_s) == u"application/json"_s;
    for (const Row &row : rows) {
        const QStringList captures = capturesOf(row, recording.path);
        if (recording.method != row.method || captures.first().isEmpty())
            continue;
        RecordedFields fields(pairsOf(recording.query, recording.requestBody, json), captures.mid(1));
        const Run run = row.make(fields, client);
        if (fields.spent())
            return run;
    }
    return {};
}

} // namespace

Run typedCall(const Recording &recording, const ClientPtr &client)
{
    if (const Run run = fromTable(Reads, recording, client))
        return run;
    return fromTable(Acts, recording, client);
}

} // namespace tidemark::test
