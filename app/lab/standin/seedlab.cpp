#include "standin/seedlab.h"

#include "retention/pbsprune.h"
#include "standin/taskbook.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>
#include <set>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Day = 86'400;
constexpr qint64 Gib = 1024LL * 1024 * 1024;
constexpr qint64 Mib = 1024LL * 1024;
const QString KeyFingerprint
    = u"7c:1f:6a:02:9e:b4:5d:33:88:0a:c1:f7:21:4e:6b:90:de:05:3a:97:44:bb:f0:12:c8:6d:59:e3:70:8f:2a:16"_s;

FileEntry file(const QString &name, qint64 size, const QString &crypt = u"none"_s)
{
    return { .name = name, .cryptMode = crypt, .size = size };
}

// One line of the lab's plan: who is backed up where, at what hour, since when.
struct Series {
    QString store;
    QString ns;
    QString group;
    QString owner;
    QString notes;
    int hour = 2;
    int minute = 0;
    qint64 bytes = 0;
    int months = 14;
    bool encrypted = false;
};

QList<Series> plan()
{
    const QString pve = u"pve@pbs!backup"_s;
    const QString host = u"hosts@pbs!pg"_s;
    return {
        { u"main"_s, {}, u"vm/2001"_s, pve, u"db-prod-1, PostgreSQL production\nOwner: DBA team"_s, 1, 30,
            64 * Gib, 14 },
        { u"main"_s, {}, u"vm/2002"_s, pve, u"db-prod-2, standby"_s, 2, 0, 64 * Gib, 14 },
        { u"main"_s, {}, u"vm/2003"_s, pve, u"app-1"_s, 2, 30, 32 * Gib, 9 },
        { u"main"_s, {}, u"ct/310"_s, pve, u"monitoring"_s, 3, 0, 8 * Gib, 14 },
        { u"main"_s, u"prod"_s, u"vm/2010"_s, pve, u"erp"_s, 3, 30, 120 * Gib, 14 },
        { u"main"_s, u"prod/db"_s, u"host/pg-main"_s, host, u"base backups and configuration"_s, 4, 0,
            900 * Mib, 14, true },
        { u"main"_s, u"test"_s, u"vm/2901"_s, pve, u"playground"_s, 5, 0, 16 * Gib, 2 },
        { u"offsite"_s, {}, u"vm/2001"_s, u"sync@pbs"_s, {}, 6, 0, 64 * Gib, 14 },
        { u"offsite"_s, u"prod/db"_s, u"host/pg-main"_s, u"sync@pbs"_s, {}, 6, 30, 900 * Mib, 8, true },
    };
}

void encrypt(Snapshot &snapshot)
{
    snapshot.keyFingerprint = KeyFingerprint;
    for (FileEntry &f : snapshot.files)
        f.cryptMode = f.name == u"index.json.blob" ? u"sign-only"_s : u"encrypt"_s;
}

// The times a daily backup under keep-last 3, daily 14, weekly 8, monthly 14, yearly 2 leaves behind.
std::set<qint64> keptTimes(const Series &series, qint64 now)
{
    const qint64 today = now - now % Day + series.hour * 3600 + series.minute * 60;
    std::vector<PruneCandidate> all;
    for (qint64 time = today > now ? today - Day : today; time > now - series.months * 30 * Day; time -= Day)
        all.push_back({ .time = time, .isProtected = false, .finished = true });
    const KeepOptions keep { .last = 3, .hourly = 0, .daily = 14, .weekly = 8, .monthly = 14, .yearly = 2 };
    std::set<qint64> kept;
    for (const PruneVerdict &verdict : pbsPrune(all, keep, QTimeZone::utc()))
        if (verdict.mark == PruneMark::Keep)
            kept.insert(verdict.time);
    return kept;
}

TaskRecord finishedTask(State &state, const QString &type, const QString &id, const QString &auth,
    qint64 start, qint64 seconds, const QString &status, const QStringList &lines)
{
    TaskRecord task;
    task.type = type;
    task.id = id;
    task.authId = auth;
    task.pid = 812;
    task.pstart = state.pstart;
    task.start = start;
    task.end = start + seconds;
    task.status = status;
    const auto hex = [](qint64 n) { return QString::number(n, 16).toUpper().rightJustified(8, u'0'); };
    task.upid = u"UPID:%1:%2:%3:%4:%5:%6:%7:%8:"_s.arg(state.node, hex(task.pid), hex(task.pstart),
        hex(state.nextTask++), hex(start), type, escapeWorkerId(id), auth);
    const auto stamp = [](qint64 at) { return isoTime(at).chopped(1) + u"+00:00: "_s; };
    for (qsizetype i = 0; i < lines.size(); ++i)
        task.log.append(stamp(start + seconds * i / std::max<qint64>(lines.size(), 1)) + lines[i]);
    const bool fine = status == u"OK" || status.startsWith(u"WARNINGS");
    task.log.append(stamp(*task.end) + (fine ? u"TASK "_s : u"TASK ERROR: "_s) + status);
    return task;
}

QString keep(State &state, const TaskRecord &task)
{
    state.tasks.push_back(task);
    return task.upid;
}

void fillSeries(State &state, const Series &series, qint64 now)
{
    Datastore &store = state.stores.at(series.store);
    double growth = 1;
    for (const qint64 time : keptTimes(series, now)) {
        const auto bytes = qint64(double(series.bytes) * growth);
        Snapshot snapshot
            = series.group.startsWith(u"vm/") ? vmSnapshot(time, series.bytes) : hostSnapshot(time, bytes);
        if (series.encrypted)
            encrypt(snapshot);
        growth += 0.006;
        addSnapshot(store, series.ns, series.group, series.owner, snapshot);
    }
    store.group(series.ns, series.group)->notes = series.notes;
}

// Backups of the last three days as tasks, one that failed among them.
void backupTasks(State &state, const Series &series, qint64 now)
{
    if (series.store != u"main")
        return;
    const Group &group = *state.stores.at(series.store).group(series.ns, series.group);
    const QString id
        = series.store + u':' + (series.ns.isEmpty() ? QString() : series.ns + u':') + series.group;
    for (const auto &[time, snapshot] : group.snapshots) {
        if (time < now - 3 * Day)
            continue;
        keep(state,
            finishedTask(state, u"backup"_s, id, series.owner, time, 240, u"OK"_s,
                { u"starting new backup on datastore '%1' from 10.0.0.11: \"%2/%3\""_s.arg(
                      series.store, series.group, isoTime(time)),
                    u"created new fixed index 1"_s, u"add blob \"index.json.blob\""_s,
                    u"successfully finished backup"_s, u"backup finished successfully"_s }));
    }
}

void verifyOld(State &state, qint64 now)
{
    const qint64 saturday = now - 2 * Day;
    const QString upid = keep(state,
        finishedTask(state, u"verificationjob"_s, u"main:verify-weekly"_s, u"root@pam"_s, saturday, 1900,
            u"verification failed - please check the log for details"_s,
            { u"Starting datastore verify job 'main:verify-weekly'"_s, u"verify datastore main"_s,
                u"Failed to verify the following snapshots/groups:"_s }));
    state.jobs[u"verify/verify-weekly"_s]
        = { upid, u"verification failed - please check the log for details"_s, saturday + 1900 };
    for (auto &[ns, groups] : state.stores.at(u"main"_s).namespaces)
        for (auto &[path, group] : groups)
            for (auto &[time, snapshot] : group.snapshots)
                if (time < saturday)
                    snapshot.verification = Verification { upid, u"ok"_s };
    const auto fail = [&](const QString &ns, const QString &path, std::size_t fromEnd) {
        auto &snapshots = state.stores.at(u"main"_s).group(ns, path)->snapshots;
        Snapshot &bad = std::prev(snapshots.end(), long(std::min(fromEnd, snapshots.size())))->second;
        bad.verification = Verification { upid, u"failed"_s };
        bad.corrupt = true;
    };
    fail({}, u"vm/2002"_s, 7);
    fail(u"prod"_s, u"vm/2010"_s, 20);
}

void oddOnes(State &state, qint64 now)
{
    Datastore &main = state.stores.at(u"main"_s);
    auto &first = main.group({}, u"vm/2001"_s)->snapshots;
    Snapshot &oldest = first.begin()->second;
    oldest.isProtected = true;
    oldest.notes = u"before the move to PostgreSQL 17\nkeep until the audit is closed"_s;
    Snapshot &release = std::next(first.begin(), long(first.size() / 2))->second;
    release.isProtected = true;
    release.notes = u"release 4.2"_s;
    Snapshot unfinished; // a backup that died before its manifest was written
    unfinished.time = now - 5 * 3600;
    unfinished.files = { { .name = u"drive-scsi0.img.fidx"_s, .cryptMode = {}, .size = {} } };
    addSnapshot(main, {}, u"vm/2003"_s, u"pve@pbs!backup"_s, unfinished);
    keep(state,
        finishedTask(state, u"backup"_s, u"main:vm/2003"_s, u"pve@pbs!backup"_s, unfinished.time, 61,
            u"connection error: connection reset"_s,
            { u"starting new backup on datastore 'main' from 10.0.0.12"_s, u"protocol upgrade done"_s,
                u"backup failed: connection error: connection reset"_s }));
}

void addJobs(State &state, qint64 now)
{
    state.config[u"prune"_s][u"prune-main"_s]
        = { { u"id"_s, u"prune-main"_s }, { u"store"_s, u"main"_s }, { u"schedule"_s, u"daily"_s },
              { u"keep-last"_s, 3 }, { u"keep-daily"_s, 14 }, { u"keep-weekly"_s, 8 },
              { u"keep-monthly"_s, 14 }, { u"keep-yearly"_s, 2 }, { u"comment"_s, u"standard retention"_s } };
    state.config[u"prune"_s][u"prune-test"_s] = { { u"id"_s, u"prune-test"_s }, { u"store"_s, u"main"_s },
        { u"ns"_s, u"test"_s }, { u"schedule"_s, u"mon..fri 21:30"_s }, { u"keep-last"_s, 5 },
        { u"max-depth"_s, 0 }, { u"disable"_s, true } };
    state.config[u"verify"_s][u"verify-weekly"_s]
        = { { u"id"_s, u"verify-weekly"_s }, { u"store"_s, u"main"_s }, { u"schedule"_s, u"sat 18:15"_s },
              { u"ignore-verified"_s, true }, { u"outdated-after"_s, 30 } };
    state.config[u"remote"_s][u"here"_s] = { { u"name"_s, u"here"_s }, { u"host"_s, u"127.0.0.1"_s },
        { u"auth-id"_s, u"sync@pbs"_s }, { u"comment"_s, u"this very server"_s } };
    state.config[u"sync"_s][u"pull-offsite"_s] = { { u"id"_s, u"pull-offsite"_s },
        { u"store"_s, u"offsite"_s }, { u"remote"_s, u"here"_s }, { u"remote-store"_s, u"main"_s },
        { u"schedule"_s, u"06:00"_s }, { u"remove-vanished"_s, false }, { u"owner"_s, u"sync@pbs"_s } };
    state.scheduleSet[u"verify/verify-weekly"_s] = now;
    const qint64 midnight = now - now % Day;
    const auto ran = [&](const QString &job, const QString &type, const QString &id, qint64 start) {
        const QString upid = keep(state,
            finishedTask(state, type, id, u"root@pam"_s, start, 42, u"OK"_s, { u"started by schedule"_s }));
        state.jobs[job] = { upid, u"OK"_s, start + 42 };
        return upid;
    };
    ran(u"prune/prune-main"_s, u"prunejob"_s, u"main"_s, midnight);
    ran(u"sync/pull-offsite"_s, u"syncjob"_s, u"here:main:offsite::pull-offsite"_s,
        midnight + (now - midnight < 6 * 3600 ? -Day : 0) + 6 * 3600);
    state.stores.at(u"main"_s).gc[u"upid"_s]
        = ran(u"gc/main"_s, u"garbage_collection"_s, u"main"_s, midnight);
}

void addPeople(State &state, const LabSecrets &secrets, qint64 now)
{
    addUser(state, u"root@pam"_s, {}, u"Superuser"_s);
    addUser(state, u"admin@pbs"_s, secrets.password, u"administrator"_s);
    addUser(state, u"dba@pbs"_s, secrets.password, u"database team, with a second factor"_s);
    state.users.at(u"dba@pbs"_s)
        .totp.append({ u"6f0c2a51-0000-4000-8000-000000000001"_s, u"phone"_s, secrets.totpSecret,
            now - 200 * Day, 0 });
    addUser(state, u"tidemark@pbs"_s, {}, u"the console"_s);
    addToken(state, LabTokenId, secrets.tokenSecret, u"reads, changes nothing"_s);
    addUser(state, u"pve@pbs"_s, {}, u"the virtualisation cluster"_s);
    addToken(state, u"pve@pbs!backup"_s, QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    addUser(state, u"hosts@pbs"_s, {}, u"backup clients on database hosts"_s);
    addToken(state, u"hosts@pbs!pg"_s, QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    addUser(state, u"sync@pbs"_s, {}, u"synchronisation"_s);
    for (const QString &who : { u"tidemark@pbs"_s, LabTokenId })
        state.acl += QList<AclEntry> { { u"/datastore"_s, who, u"DatastoreAudit"_s, true },
            { u"/remote"_s, who, u"RemoteAudit"_s, true }, { u"/system"_s, who, u"Audit"_s, true } };
    state.acl += QList<AclEntry> { { u"/"_s, u"admin@pbs"_s, u"Admin"_s, true },
        { u"/datastore/main"_s, u"dba@pbs"_s, u"DatastoreAdmin"_s, true },
        { u"/system"_s, u"dba@pbs"_s, u"Audit"_s, true },
        { u"/datastore/main"_s, u"sync@pbs"_s, u"DatastoreReader"_s, true },
        { u"/datastore/offsite"_s, u"sync@pbs"_s, u"DatastoreBackup"_s, true } };
    for (const QString &who : { u"pve@pbs"_s, u"pve@pbs!backup"_s, u"hosts@pbs"_s, u"hosts@pbs!pg"_s })
        state.acl.append({ u"/datastore/main"_s, who, u"DatastoreBackup"_s, true });
}

void addUsage(Datastore &store, double from, double to)
{
    for (int i = 0; i < 1440; ++i)
        store.history.append(from + (to - from) * i / 1440 + (i % 48) * 0.0001);
    store.used = qint64(double(store.total) * to);
}

QByteArray readOr(const QString &path, const QByteArray &fallback)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : fallback;
}

void writePrivate(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.write(bytes);
        file.commit();
    }
}

QByteArray randomBase32(int length)
{
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QByteArray result;
    for (int i = 0; i < length; ++i)
        result += letters[QRandomGenerator::system()->bounded(32)];
    return result;
}

} // namespace

Snapshot vmSnapshot(qint64 time, qint64 diskBytes)
{
    Snapshot s;
    s.time = time;
    s.files = { file(u"drive-scsi0.img.fidx"_s, diskBytes), file(u"qemu-server.conf.blob"_s, 431),
        file(u"client.log.blob"_s, 2875), file(u"index.json.blob"_s, 512) };
    return s;
}

Snapshot hostSnapshot(qint64 time, qint64 bytes)
{
    Snapshot s;
    s.time = time;
    s.files = { file(u"root.pxar.didx"_s, bytes), file(u"etc.pxar.didx"_s, 2 * Mib),
        file(u"catalog.pcat1.didx"_s, 71'002), file(u"index.json.blob"_s, 618) };
    return s;
}

void addSnapshot(
    Datastore &store, const QString &ns, const QString &group, const QString &owner, const Snapshot &snapshot)
{
    for (qsizetype cut = ns.indexOf(u'/'); cut > 0; cut = ns.indexOf(u'/', cut + 1))
        store.namespaces.try_emplace(ns.left(cut));
    Group &target = store.namespaces[ns][group];
    target.type = group.section(u'/', 0, 0);
    target.id = group.section(u'/', 1);
    target.owner = owner;
    target.snapshots[snapshot.time] = snapshot;
}

void addUser(State &state, const QString &userId, const QByteArray &password, const QString &comment)
{
    User &user = state.users[userId];
    if (!comment.isEmpty())
        user.attributes[u"comment"_s] = comment;
    if (!password.isEmpty())
        user.passwordHash = hashSecret(password);
}

void addToken(State &state, const QString &tokenId, const QByteArray &secret, const QString &comment)
{
    Token &token = state.users[tokenId.section(u'!', 0, 0)].tokens[tokenId.section(u'!', 1)];
    token.secretHash = hashSecret(secret);
    if (!comment.isEmpty())
        token.attributes[u"comment"_s] = comment;
}

Datastore &addStore(State &state, const QString &name, const QString &comment, qint64 total)
{
    Datastore &store = state.stores[name];
    store.config = { { u"name"_s, name }, { u"path"_s, u"/srv/backup/"_s + name } };
    if (!comment.isEmpty())
        store.config[u"comment"_s] = comment;
    store.total = total;
    return store;
}

void seedLab(State &state, const LabSecrets &secrets, qint64 now)
{
    Datastore &main = addStore(state, u"main"_s, u"first copy, RAID 6"_s, 4096 * Gib);
    main.config[u"gc-schedule"_s] = u"daily"_s;
    addUsage(main, 0.58, 0.71);
    main.gc = { { u"disk-bytes"_s, 1890 * Gib }, { u"disk-chunks"_s, 912'004 },
        { u"index-data-bytes"_s, 14'120 * Gib }, { u"index-file-count"_s, 611 },
        { u"pending-bytes"_s, 11 * Gib }, { u"pending-chunks"_s, 5120 }, { u"removed-bytes"_s, 64 * Gib },
        { u"removed-chunks"_s, 30'411 }, { u"removed-bad"_s, 0 }, { u"still-bad"_s, 0 } };
    addUsage(addStore(state, u"offsite"_s, u"second copy, other building"_s, 2048 * Gib), 0.40, 0.43);
    addPeople(state, secrets, now);
    for (const Series &series : plan()) {
        fillSeries(state, series, now);
        backupTasks(state, series, now);
    }
    verifyOld(state, now);
    oddOnes(state, now);
    addJobs(state, now);
    std::stable_sort(state.tasks.begin(), state.tasks.end(),
        [](const TaskRecord &a, const TaskRecord &b) { return a.start < b.start; });
}

LabSecrets seedLabOnce(State &state, const QString &folder, qint64 now)
{
    const QDir dir(folder);
    const auto kept = [&](const QString &name, const QByteArray &fresh) {
        const QByteArray value = readOr(dir.filePath(name), fresh);
        writePrivate(dir.filePath(name), value);
        return value;
    };
    const LabSecrets secrets { kept(
                                   u"console-token"_s, QUuid::createUuid().toByteArray(QUuid::WithoutBraces)),
        kept(u"password"_s, randomBase32(16).toLower()), kept(u"totp-secret"_s, randomBase32(32)) };
    if (state.stores.empty())
        seedLab(state, secrets, now);
    return secrets;
}

} // namespace tidemark::standin
