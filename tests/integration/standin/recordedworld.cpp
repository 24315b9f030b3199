#include "recordedworld.h"

#include "standin/authentication.h"
#include "standin/privileges.h"
#include "standin/seedlab.h"
#include "standin/work.h"

#include <QDateTime>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <set>

namespace tidemark::test {

using namespace Qt::StringLiterals;
using namespace standin;

namespace {

QJsonObject bodyOf(const QString &name)
{
    return QJsonDocument::fromJson(recording(name).body).object();
}

Snapshot snapshotFrom(const QJsonObject &item)
{
    Snapshot s;
    s.time = item[u"backup-time"_s].toInteger();
    for (const auto &value : item[u"files"_s].toArray()) {
        FileEntry file { .name = value[u"filename"_s].toString(),
            .cryptMode = value[u"crypt-mode"_s].toString(),
            .size = {} };
        if (value.toObject().contains(u"size"_s))
            file.size = value[u"size"_s].toInteger();
        s.files.append(file);
    }
    s.notes = item[u"comment"_s].toString();
    s.keyFingerprint = item[u"fingerprint"_s].toString();
    s.isProtected = item[u"protected"_s].toBool();
    if (item.contains(u"verification"_s))
        s.verification = Verification { item[u"verification"_s][u"upid"_s].toString(),
            item[u"verification"_s][u"state"_s].toString() };
    s.badManifest = s.finished() && !item.contains(u"size"_s);
    return s;
}

TaskRecord taskFrom(const QJsonObject &item)
{
    TaskRecord task = *parseUpid(item[u"upid"_s].toString());
    if (item.contains(u"endtime"_s)) {
        task.end = item[u"endtime"_s].toInteger();
        task.status = item[u"status"_s].toString();
    }
    return task;
}

// The recorded UPID of a request's path, if it has one.
QString upidIn(const Recording &r)
{
    static const QRegularExpression upid(u"/tasks/(UPID:[^/]+:)(/|$)"_s);
    const auto match = upid.match(QString::fromUtf8(QByteArray::fromPercentEncoding(r.path)));
    return match.hasMatch() ? match.captured(1) : QString();
}

// What has to come in this order although the clock of the recording does not tell.
const QList<QStringList> &chains()
{
    const auto words = [](const QString &text) { return text.split(u' ', Qt::SkipEmptyParts); };
    static const QList<QStringList> all {
        words(u"acl-update acl-delete"_s),
        words(u"token-create token-create-exists token-update token-delete token-delete-unknown"_s),
        words(u"notes-put notes-get"_s),
        words(u"prune-group-dry-run-nothing prune-group-dry-run-keep-last-1 prune-group-real"_s),
        words(
            u"prune-datastore-dry-run prune-datastore-dry-run-log prune-datastore-ns prune-datastore-ns-log"_s),
        words(u"snapshot-forget snapshot-forget-again"_s),
        words(u"namespace-create namespace-create-exists namespace-create-child namespace-delete-not-empty "
              u"namespace-delete-child namespace-delete namespace-delete-unknown"_s),
        words(
            u"group-forget-with-protected group-forget-with-protected-after namespace-delete-with-groups"_s),
        words(u"verify-datastore tasks-running verify-running-status verify-datastore-log "
              u"verify-datastore-status verify-snapshot verify-snapshot-log"_s),
        words(u"gc-start gc-log gc-status-after"_s),
        words(u"verify-snapshot-corrupt verify-snapshot-corrupt-log verify-snapshot-corrupt-status "
              u"snapshots-verify-failed verify-datastore-corrupt task-log-start-0"_s),
        words(u"task-stop-other-user task-stop task-stop-status task-stop-log"_s),
        words(u"datastore-create datastore-create-exists"_s),
        words(u"datastore-update datastore-update-digest-mismatch datastore-update-delete "
              u"datastore-update-delete-bad maintenance-read-only maintenance-gc"_s),
        words(u"maintenance-offline maintenance-offline-quoted maintenance-status maintenance-snapshots "
              u"maintenance-list maintenance-usage maintenance-config"_s),
        words(u"prune-job-list-empty prune-job-create prune-job-create-exists prune-job-create-json "
              u"prune-job-create-ns prune-job-create-no-keep prune-job-create-schedule-mmss "
              u"prune-job-create-unknown-store prune-job-list prune-job-get prune-job-update "
              u"prune-job-update-stale-digest prune-job-update-delete prune-job-update-delete-json "
              u"admin-prune prune-job-run "
              u"prune-job-run-log prune-job-run-status admin-prune-after admin-prune-store prune-job-delete "
              u"prune-job-delete-unknown"_s),
        words(u"verify-job-create verify-job-create-ns verify-job-list verify-job-get verify-job-update "
              u"verify-job-run verify-job-run-log admin-verify admin-verify-store"_s),
        words(
            u"remote-create remote-create-dead remote-list remote-get remote-scan remote-scan-namespaces "
            u"remote-scan-groups remote-scan-dead sync-job-create sync-job-create-dead sync-job-create-local "
            u"sync-job-list sync-job-get sync-job-run sync-job-run-log sync-job-run-twice sync-job-run-dead "
            u"sync-job-run-dead-log sync-job-run-dead-status admin-sync admin-sync-console sync-job-update "
            u"sync-job-delete"_s),
        words(u"tfa-user-create tfa-totp-create tfa-list auth-tfa-step1"_s),
        words(u"prune-job-run-no-keep prune-job-run-no-keep-log"_s),
        words(u"verify-job-run-while-running admin-verify-running gc-start-while-running"_s),
        words(u"prune-unknown-namespace prune-unknown-namespace-status"_s),
        words(u"token-create-self token-permissions-self token-delete-self"_s),
        words(u"admin-sync-running tasks-running-sync sync-job-run-while-running task-stop-sync "
              u"task-stop-sync-status"_s),
    };
    return all;
}

} // namespace

qint64 timeOf(const Recording &recording)
{
    const QString date = QString::fromLatin1(recording.header("date")).chopped(4);
    QDateTime time = QLocale::c().toDateTime(date, u"ddd, dd MMM yyyy HH:mm:ss"_s);
    time.setTimeSpec(Qt::UTC);
    return time.toSecsSinceEpoch();
}

std::vector<const Recording *> inOrder()
{
    std::map<QString, std::pair<qint64, int>> keys;
    for (const Recording &r : recordings())
        keys[r.name] = { timeOf(r), 0 };
    int rank = 0; // chains of the same second follow one another
    for (const QStringList &chain : chains()) {
        qint64 second = 0;
        for (const QString &name : chain) {
            second = std::max(second, keys.at(name).first);
            keys[name] = { second, ++rank };
        }
    }
    std::vector<const Recording *> result;
    for (const Recording &r : recordings())
        result.push_back(&r);
    std::stable_sort(result.begin(), result.end(),
        [&](const Recording *a, const Recording *b) { return keys.at(a->name) < keys.at(b->name); });
    return result;
}

RecordedWorld::RecordedWorld()
    : m_now(timeOf(recording(u"auth-ticket-ok"_s)))
    , m_server([this] {
        Server::Options options;
        options.haste = 0;
        options.stepMs = 0;
        options.clock = [this] { return m_now; };
        return options;
    }())
{
}

bool RecordedWorld::start()
{
    if (recordings().empty() || !m_server.start() || !m_silent.listen(QHostAddress::LocalHost))
        return false;
    seedStores();
    seedPeople();
    for (const QString &name : { u"tasks-limit-0"_s, u"tasks-after-crash"_s })
        for (const auto &item : bodyOf(name)[u"data"_s].toArray())
            m_tasks.push_back(taskFrom(item.toObject()));
    std::sort(m_tasks.begin(), m_tasks.end(), [](const auto &a, const auto &b) { return a.start < b.start; });
    return true;
}

void RecordedWorld::addListed(const QString &name, const QString &store, const QString &ns)
{
    for (const auto &value : bodyOf(name)[u"data"_s].toArray()) {
        const QJsonObject item = value.toObject();
        Snapshot snapshot = snapshotFrom(item);
        if (m_now < timeOf(recording(u"admin-gc"_s))) // the lists are from the end
            snapshot.verification.reset();
        addSnapshot(m_server.state().stores.at(store), ns,
            item[u"backup-type"_s].toString() + u'/' + item[u"backup-id"_s].toString(),
            item[u"owner"_s].toString(), snapshot);
    }
}

// Before the last part everything was backed up anew.
void RecordedWorld::seedMain()
{
    Datastore &main = m_server.state().stores.at(u"pbs01"_s);
    for (auto &[ns, groups] : main.namespaces)
        groups.clear();
    addListed(u"snapshots-root"_s, u"pbs01"_s, {});
    addListed(u"snapshots-ns-prod"_s, u"pbs01"_s, u"prod"_s);
    addListed(u"snapshots-ns-prod-db"_s, u"pbs01"_s, u"prod/db"_s);
    main.group({}, u"host/proj-pg01"_s)->notes = u"Projektserver pg01, Ansprechpartner: DBA-Team"_s;
}

void RecordedWorld::seedStores()
{
    State &state = m_server.state();
    for (const auto &value : bodyOf(u"config-datastore-list"_s)[u"data"_s].toArray()) {
        QJsonObject config = value.toObject();
        Datastore &store = addStore(state, config[u"name"_s].toString(), {}, 270'553'174'016);
        config.remove(u"maintenance-mode"_s);
        store.config = config;
        store.used = 37'290'917'888;
        store.history = { -1, 0.13, 0.131, 0.132 };
    }
    state.stores.at(u"broken"_s).broken = true;
    seedMain();
    addListed(u"group-forget-with-protected-after"_s, u"pbs01"_s, u"prod/db/archive"_s);
    addListed(u"odd-snapshots"_s, u"odd"_s, {});
    Datastore &main = state.stores.at(u"pbs01"_s);
    main.namespaces.try_emplace(u"test"_s);
    const QString owner = main.group({}, u"host/proj-pg01"_s)->owner;
    for (const qint64 time : { 1'785'204'000, 1'795'053'600, 1'794'967'200, 1'764'036'000 })
        addSnapshot(main, {}, u"host/proj-pg01"_s, owner, hostSnapshot(time, 810'038));
    main.group({}, u"host/proj-pg01"_s)->snapshots.at(1'764'036'000).isProtected = true;
    addSnapshot(main, {}, u"host/legacy-pg93"_s, u"root@pam!console"_s, hostSnapshot(1'760'925'600, 4711));
    addSnapshot(main, {}, u"ct/101"_s, u"pve01@pbs!backup"_s, hostSnapshot(1'758'929'400, 4711));
    addSnapshot(main, u"prod/db/archive"_s, u"host/proj-pg01"_s, owner, hostSnapshot(1'758'866'400, 4711));
    main.group({}, u"host/proj-dp01"_s)->snapshots.at(1'793'502'900).corrupt = true;
    state.jobs[u"gc/pbs01"_s]
        = { u"UPID:vm:00000648:00043B16:0000032A:6B003404:garbage_collection:pbs01:root@pam:"_s,
              u"WARNINGS: 1"_s, m_now - 60 };
}

void RecordedWorld::seedPeople()
{
    State &state = m_server.state();
    for (const auto &value : bodyOf(u"access-users-tokens"_s)[u"data"_s].toArray()) {
        QJsonObject item = value.toObject();
        const QString id = item.take(u"userid"_s).toString();
        const QJsonArray tokens = item.take(u"tokens"_s).toArray();
        addUser(state, id,
            id == u"root@pam" ? QByteArray("FAKE-PASSWORD")
                              : "FAKE-PASSWORD-" + id.section(u'@', 0, 0).toUtf8() + "-pbs");
        state.users.at(id).attributes = item;
        for (const auto &token : tokens) {
            QJsonObject attributes = token.toObject();
            const QString tokenId = attributes.take(u"tokenid"_s).toString();
            addToken(state, tokenId, "unknown");
            state.users.at(id).tokens.at(tokenId.section(u'!', 1)).attributes = attributes;
        }
    }
    // The recorded secrets are the ones the requests carry.
    static const QRegularExpression token(u"^PBSAPIToken[= ]([^:]+![^:]+):(fa4e5ec7-.*)$"_s);
    for (const Recording &r : recordings()) {
        const auto match = token.match(r.requestHeaders.value(u"Authorization"_s));
        const QString userId = userOf(match.captured(1));
        if (match.hasMatch() && state.users.contains(userId))
            state.users.at(userId).tokens[match.captured(1).section(u'!', 1)].secretHash
                = hashSecret(match.captured(2).toLatin1());
    }
    for (const auto &value : bodyOf(u"access-acl"_s)[u"data"_s].toArray())
        state.acl.append({ value[u"path"_s].toString(), value[u"ugid"_s].toString(),
            value[u"roleid"_s].toString(), value[u"propagate"_s].toBool() });
}

// --- before an exchange ------------------------------------------------------------------------------------

void RecordedWorld::addTasksUntil(qint64 now)
{
    State &state = m_server.state();
    std::erase_if(m_tasks, [&](const TaskRecord &task) {
        if (task.start > now)
            return false;
        state.tasks.push_back(task);
        return true;
    });
    std::stable_sort(state.tasks.begin(), state.tasks.end(),
        [](const TaskRecord &a, const TaskRecord &b) { return a.start < b.start; });
}

void RecordedWorld::await(bool idle)
{
    const QDeadlineTimer deadline(20'000);
    while (idle && m_server.site().tasks.anyRunning() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

QString RecordedWorld::runVerify(const QString &store)
{
    VerifyOrder order;
    order.store = store;
    order.ignoreVerified = false;
    order.authId = u"console@pbs!console"_s;
    return m_server.site().tasks.start(verifyPlan(m_server.site(), order));
}

void RecordedWorld::prepare(const Recording &r)
{
    m_now = std::max(m_now, timeOf(r));
    addTasksUntil(m_now);
    special(r.name);
    // A task of the recording that no recorded request started: it has its log from the recording.
    const QString upid = upidIn(r);
    if (upid.isEmpty() || m_upids.contains(upid) || r.name.endsWith(u"-unknown") || !parseUpid(upid))
        return;
    TaskRecord *task = m_server.state().task(upid);
    if (!task) {
        TaskRecord made = *parseUpid(upid);
        made.end = made.start;
        made.status = bodyOf(r.name)[u"data"_s][u"exitstatus"_s].toString(u"OK"_s);
        m_server.state().tasks.push_back(made);
        task = &m_server.state().tasks.back();
    }
    if (task->log.isEmpty() && r.path.endsWith("/log"))
        for (const auto &line : bodyOf(r.name)[u"data"_s].toArray())
            task->log.append(line[u"t"_s].toString());
}

void RecordedWorld::special(const QString &name)
{
    State &state = m_server.state();
    Site &site = m_server.site();
    site.apiDaemonDown = name.startsWith(u"api-daemon-down");
    Group &pg = *state.stores.at(u"pbs01"_s).group({}, u"host/proj-pg01"_s);
    if (m_now >= timeOf(recording(u"broken-usage"_s)) && state.acl.size() < 30)
        for (const QString &store : { u"odd"_s, u"broken"_s, u"maint"_s })
            for (const QString &who : { u"console@pbs"_s, u"console@pbs!console"_s })
                state.acl.append({ storePath(store), who, u"DatastoreAdmin"_s, true });
    if (name == u"admin-gc")
        seedMain();
    if (name == u"verify-job-run")
        state.jobs[u"verify/verify-weekly"_s] = {
            u"UPID:vm:00000648:00043B16:00000195:6B003314:verificationjob:pbs01\\x3averify\\x2dweekly:root@pam:"_s,
            u"OK"_s, m_now
        };
    if (name == u"verify-datastore" || name == u"verify-job-run-while-running")
        site.tasks.stepMs = 4;
    else if (name == u"verify-datastore-log" || name == u"gc-start-while-running")
        await(true), site.tasks.stepMs = 0;
    if (name == u"task-stop-other-user") {
        site.tasks.stepMs = 50;
        m_upids[u"UPID:vm:00000648:00043B16:0000018E:6B003257:verify:pbs01:console@pbs!console:"_s]
            = runVerify(u"pbs01"_s);
        site.tasks.stepMs = 0;
    }
    if (name == u"active-operations-backup") {
        Snapshot running;
        running.time = 1'795'175'106;
        running.inUse = true;
        pg.snapshots[running.time] = running;
        TaskRecord task = *parseUpid(
            u"UPID:vm:00000648:00043B16:00000191:6B0032C2:backup:pbs01\\x3ahost-proj\\x2dpg01:pgbackup@pbs!proj-pg01:"_s);
        std::erase_if(state.tasks, [&](const TaskRecord &t) { return t.upid == task.upid; });
        state.tasks.push_back(task);
    }
    if (name == u"maintenance-off") { // the backup has been cut off
        pg.snapshots.erase(1'795'175'106);
        state.tasks.back().end = m_now;
        for (TaskRecord &task : state.tasks)
            if (!task.end) {
                task.end = m_now;
                task.status = u"connection error: connection reset"_s;
            }
    }
    if (name == u"prune-job-run-offline")
        state.config[u"prune"_s][u"prune-maint"_s] = { { u"id"_s, u"prune-maint"_s },
            { u"store"_s, u"maint"_s }, { u"schedule"_s, u"daily"_s }, { u"keep-last"_s, 1 } };
    if (name == u"admin-sync-running") {
        state.config[u"remote"_s][u"silent"_s] = { { u"name"_s, u"silent"_s }, { u"host"_s, u"127.0.0.1"_s },
            { u"port"_s, m_silent.serverPort() }, { u"auth-id"_s, u"sync@pbs"_s } };
        const QJsonObject job { { u"id"_s, u"pull-silent"_s }, { u"store"_s, u"pbs02"_s },
            { u"remote"_s, u"silent"_s }, { u"remote-store"_s, u"main"_s } };
        state.config[u"sync"_s][u"pull-silent"_s] = job;
        m_upids
            [u"UPID:vm:00001449:0006557D:00000005:6B0037EF:syncjob:silent\\x3amain\\x3apbs02\\x3a\\x3apull\\x2dsilent:root@pam:"_s]
            = site.tasks.start(pullPlan(site, job, u"root@pam"_s));
    }
}

// --- translating -------------------------------------------------------------------------------------------

QByteArray RecordedWorld::ticket(const QByteArray &recorded) const
{
    static const QRegularExpression form(u"^PBS:(.+):([0-9A-F]{8})::FAKETICKETSIGNATURE"_s);
    const auto match = form.match(QString::fromUtf8(recorded));
    if (!match.hasMatch())
        return recorded;
    const QString data = match.captured(1);
    const QString boundTo = data.startsWith(u'!') ? u"tfa@pbs"_s : QString();
    return makeTicket(
        const_cast<Server &>(m_server).state(), data, match.captured(2).toLongLong(nullptr, 16), boundTo)
        .toUtf8();
}

QByteArray RecordedWorld::translatedCookie(const QByteArray &cookie) const
{
    const QByteArray name = "PBSAuthCookie=";
    const QByteArray value = cookie.mid(name.size());
    const bool isEncoded = value.contains('%');
    const QByteArray mine = ticket(isEncoded ? QByteArray::fromPercentEncoding(value) : value);
    return name + (isEncoded ? mine.toPercentEncoding() : mine);
}

static QByteArray expanded(const QByteArray &text)
{
    static const QRegularExpression xs(u"xxx… \\((\\d+) x\\)"_s);
    const auto match = xs.match(QString::fromUtf8(text));
    if (!match.hasMatch())
        return text;
    return QString::fromUtf8(text)
        .replace(match.captured(0), QString(match.captured(1).toInt(), u'x'))
        .toUtf8();
}

QByteArray RecordedWorld::translatedForm(const QByteArray &body, const QString &name)
{
    QList<QByteArray> parts;
    for (const QByteArray &part : expanded(body).split('&')) {
        const QByteArray key = part.left(part.indexOf('='));
        QByteArray value = QByteArray::fromPercentEncoding(part.mid(part.indexOf('=') + 1));
        if (value.startsWith("PBS:"))
            value = ticket(value);
        if (value.startsWith("totp:0443") && name == u"auth-tfa-step2")
            m_totp = totpCode("FAKETOTPSECRETFAKETOTPSECRET2222", m_now / 30);
        if (value.startsWith("totp:0443"))
            value = "totp:" + m_totp.toLatin1();
        if (key == "value")
            value = totpCode("FAKETOTPSECRETFAKETOTPSECRET2222", m_now / 30 - 1).toLatin1();
        const bool isDigest = key == "digest" && name == u"prune-job-update";
        if (isDigest)
            value = digestOf(m_server.state().config[u"prune"_s]).toLatin1();
        parts.append(part.contains('=') ? key + '=' + value.toPercentEncoding() : part);
    }
    return parts.join('&');
}

QByteArray RecordedWorld::translatedPath(QByteArray path) const
{
    for (const auto &[recorded, ours] : m_upids) {
        path.replace(recorded.toUtf8().toPercentEncoding(), ours.toUtf8().toPercentEncoding());
        path.replace(recorded.toUtf8(), ours.toUtf8());
    }
    return path;
}

RawRequest RecordedWorld::translated(const Recording &r)
{
    RawRequest request;
    request.method = r.method;
    request.target = translatedPath(r.path);
    QByteArray query = expanded(r.query);
    if (r.name == u"task-log-tail") // as far from the end as in the recording
        query = "limit=15&start="
            + QByteArray::number(m_server.state().task(m_upids.at(upidIn(r)))->log.size() - 14);
    if (!query.isEmpty())
        request.target += '?' + query;
    const QByteArray cookie = translatedCookie(r.requestHeaders.value(u"Cookie"_s).toUtf8());
    const QString user = QString::fromUtf8(QByteArray::fromPercentEncoding(cookie)).section(u':', 1, 1);
    for (auto it = r.requestHeaders.begin(); it != r.requestHeaders.end(); ++it) {
        QByteArray value = it.value().toUtf8();
        if (it.key() == u"Cookie")
            value = cookie;
        if (value.contains(":FAKECSRF"))
            value = makeCsrfToken(m_server.state(), r.name == u"csrf-wrong" ? u"auditor@pbs"_s : user,
                value.left(8).toLongLong(nullptr, 16))
                        .toLatin1();
        request.headers.emplaceBack(it.key().toLatin1(), value);
    }
    const bool isForm = r.requestHeaders.value(u"Content-Type"_s).contains(u"urlencoded");
    request.body = isForm ? translatedForm(r.requestBody, r.name) : r.requestBody;
    request.hasBody = !request.body.isEmpty() || isForm;
    return request;
}

void RecordedWorld::learn(const Recording &r, const RawAnswer &answer)
{
    const QString theirs = QJsonDocument::fromJson(r.body)[u"data"_s].toString();
    const QString ours = answer.json()[u"data"_s].toString();
    if (theirs.startsWith(u"UPID:") && ours.startsWith(u"UPID:"))
        m_upids[theirs] = ours;
    static const std::set<QString> running { u"verify-datastore"_s, u"tasks-running"_s,
        u"verify-running-status"_s, u"task-stop-other-user"_s, u"verify-job-run-while-running"_s,
        u"admin-sync-running"_s, u"tasks-running-sync"_s, u"sync-job-run-while-running"_s };
    await(!running.contains(r.name));
}

} // namespace tidemark::test
