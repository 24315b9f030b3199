#include "matrix.h"
#include "ports/secretstore.h"
#include "standin/seedlab.h"
#include "standin/server.h"
#include "support/settle.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

// A backup server over HTTPS with fourteen months of snapshots of a virtual machine, its jobs and its tasks.
class TestFaultsPbs : public FaultMatrix
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

protected:
    QString family() const override { return u"Proxmox Backup Server"_s; }
    std::vector<Breakage> rows() override;
    void begin(const Breakage &row) override;

private:
    static constexpr qint64 Day = 86'400;
    using Snapshots = std::map<qint64, standin::Snapshot>;

    void heal(standin::State &state) const;
    [[nodiscard]] standin::State &state() { return m_server->state(); }
    [[nodiscard]] standin::Datastore &store(const QString &name = u"main"_s)
    {
        return state().stores.at(name);
    }
    [[nodiscard]] Snapshots &snapshots() { return store().group({}, u"vm/2001"_s)->snapshots; }
    [[nodiscard]] Source &source() { return m_onlooker.fleet.sources.front(); }
    [[nodiscard]] QJsonObject &job(const QString &kind, const QString &id)
    {
        return state().config[kind][id];
    }
    [[nodiscard]] qint64 now() const { return m_onlooker.sourcesClock->now().seconds(); }
    void ends(const QString &job, const QString &words);
    void keepsStill(const QString &job, int days);
    void use(double share) { store().used = qint64(double(store().total) * share); }

    standin::LabSecrets m_secrets { "4e0e3f4e-5f0a-4a34-9f0c-0123456789ab", "correct horse",
        "JBSWY3DPEHPK3PXP" };
    std::unique_ptr<standin::Server> m_server;
    standin::State m_healthy;
};

void TestFaultsPbs::initTestCase()
{
    standin::Server::Options options;
    options.haste = 0;
    options.stepMs = 0;
    options.clock = [this] { return now(); };
    m_server = std::make_unique<standin::Server>(options);
    QVERIFY(m_server->start());
    standin::seedLab(state(), m_secrets, now());
    heal(state());
    m_healthy = state();
    const auto kept
        = settle(m_onlooker.secrets->write(u"token"_s, Secret(QByteArray(m_secrets.tokenSecret)), {}));
    QVERIFY(kept && *kept);
}

// The lab's backup server has faults of its own.
void TestFaultsPbs::heal(standin::State &state) const
{
    const QString verified = state.jobs.at(u"verify/verify-weekly"_s).upid;
    for (auto &[name, store] : state.stores) {
        std::fill(store.history.begin(), store.history.end(), 0.6);
        store.used = qint64(double(store.total) * 0.6);
        for (auto &[time, snapshot] : store.group({}, u"vm/2001"_s)->snapshots) {
            snapshot.verification = standin::Verification { verified, u"ok"_s };
            snapshot.corrupt = false;
        }
    }
    state.jobs.at(u"verify/verify-weekly"_s).state = u"OK"_s;
    state.task(verified)->status = u"OK"_s;
}

void TestFaultsPbs::begin(const Breakage &row)
{
    Q_UNUSED(row)
    state() = m_healthy;
    m_onlooker.pbs = std::make_unique<PbsAdapters>(m_onlooker.secrets);
    Source pbs;
    pbs.name = u"pbs"_s;
    pbs.kind = SourceKind::Pbs;
    pbs.url = m_server->url();
    pbs.fingerprint = m_server->fingerprint();
    pbs.tokenId = standin::LabTokenId;
    pbs.secret = u"token"_s;
    pbs.datastore = u"main"_s;
    pbs.groups = QStringList { u"vm/2001"_s };
    m_onlooker.fleet = fleetOf(u"harbor"_s, 50h, pbs);
    m_onlooker.readAgain({ u"pbs"_s });
}

// The last run of a job, as the server keeps it.
void TestFaultsPbs::ends(const QString &job, const QString &words)
{
    standin::JobRun &run = state().jobs.at(job);
    run.state = words;
    state().task(run.upid)->status = words;
}

// A scheduler that has not started a job for days: its last run lies that far back.
void TestFaultsPbs::keepsStill(const QString &job, int days)
{
    standin::JobRun &run = state().jobs.at(job);
    standin::TaskRecord &task = *state().task(run.upid);
    const qint64 back = days * Day;
    const auto hex = [](qint64 n) { return QString::number(n, 16).toUpper().rightJustified(8, u'0'); };
    task.upid.replace(u':' + hex(task.start) + u':', u':' + hex(task.start - back) + u':');
    task.start -= back;
    task.end = *task.end - back;
    run.upid = task.upid;
    run.end = *run.end - back;
}

std::vector<Breakage> TestFaultsPbs::rows()
{
    const QString twin = u"a backup server with verified snapshots and jobs that went well"_s;
    std::vector<Breakage> rows;
    const auto add = [&](const QString &name, const QString &raises, const std::function<void()> &harm,
                         const std::function<void()> &prepare = {}, const QString &other = {}) {
        rows.push_back({ .name = name,
            .twin = other.isEmpty() ? twin : other,
            .raises = raises,
            .harm = harm,
            .prepare = prepare });
    };
    add(u"a snapshot failed its verification"_s, u"snapshot.verify-failed"_s,
        [this] { snapshots().rbegin()->second.verification->state = u"failed"_s; });
    add(u"no snapshot was ever verified"_s, u"snapshot.never-verified"_s, [this] {
        for (auto &[time, snapshot] : snapshots())
            snapshot.verification.reset();
    });
    add(u"the newest snapshot was never finished"_s, u"snapshot.unfinished"_s, [this] {
        standin::Snapshot begun;
        begun.time = std::max(now() - 600, snapshots().rbegin()->first + 1); // also just after the nightly one
        begun.files = { { .name = u"drive-scsi0.img.fidx"_s, .cryptMode = {}, .size = {} } };
        standin::addSnapshot(store(), {}, u"vm/2001"_s, u"pve@pbs!backup"_s, begun);
    });
    add(u"the newest backup failed"_s, u"run.failed"_s, [this] {
        for (standin::TaskRecord &task : state().tasks)
            if (task.type == u"backup" && task.id == u"main:vm/2001"_s)
                task.status = u"connection error: connection reset"_s;
        snapshots().erase(std::prev(snapshots().end()));
    });
    add(
        u"the backup job was silently stopped"_s, u"(rpo.over) schedule.missed"_s,
        [this] {
            const qint64 since = now() - 3 * Day;
            snapshots().erase(snapshots().lower_bound(since), snapshots().end());
            std::erase_if(state().tasks, [&](const standin::TaskRecord &task) {
                return task.type == u"backup" && task.start >= since;
            });
        },
        [this] {
            Schedule nightly { .name = u"nightly"_s, .kind = u"snapshot"_s, .when = u"01:30"_s };
            nightly.form = u"calendar"_s;
            nightly.source = u"pbs"_s;
            nightly.clusters = { u"harbor"_s };
            m_onlooker.fleet.schedules = { nightly };
        },
        u"a nightly schedule that was kept"_s);
    add(u"the verify job failed"_s, u"job.verify-failed"_s,
        [this] { ends(u"verify/verify-weekly"_s, u"verification failed - please check the log"_s); });
    add(u"garbage collection failed"_s, u"job.gc-failed"_s,
        [this] { ends(u"gc/main"_s, u"unable to get exclusive lock"_s); });
    add(u"the prune job failed"_s, u"job.prune-failed"_s,
        [this] { ends(u"prune/prune-main"_s, u"prune failed"_s); });
    add(
        u"the sync job failed"_s, u"job.sync-failed"_s,
        [this] { ends(u"sync/pull-offsite"_s, u"connection refused"_s); },
        [this] { source().datastore = u"offsite"_s; },
        u"the second datastore, which is filled by a sync job"_s);
    add(u"a job has not run for days"_s, u"job.overdue"_s, [this] { keepsStill(u"prune/prune-main"_s, 4); });
    add(
        u"the prune job keeps less than was promised"_s, u"retention.keep-short"_s,
        [this] { job(u"prune"_s, u"prune-main"_s)[u"keep-daily"_s] = 3; },
        [this] {
            RetentionPromise promise { .name = u"standard"_s };
            promise.clusters = { u"harbor"_s };
            promise.sources = { u"pbs"_s };
            promise.keep = { { u"keep-daily"_s, 14 }, { u"keep-monthly"_s, 12 } };
            m_onlooker.fleet.promises = { promise };
        },
        u"a prune job that keeps what was promised"_s);
    add(u"the datastore is nearly full"_s, u"store.filling"_s, [this] { use(0.9); });
    add(u"the datastore is full"_s, u"store.full"_s, [this] { use(0.97); });
    add(
        u"the datastore is fuller than allowed"_s, u"store.over-limit"_s, [this] { use(0.75); },
        [this] { source().maxUsed = 70; }, u"a datastore within the limit of 70 %"_s);
    add(u"the datastore will be full within a month"_s, u"store.full-soon"_s, [this] {
        auto &history = store().history;
        for (qsizetype i = 0; i < history.size(); ++i)
            history[i] = 0.2 + 0.6 * double(i) / double(history.size());
        use(0.8);
    });
    add(u"the datastore is in maintenance"_s, u"(source.offline) store.maintenance"_s,
        [this] { store().config[u"maintenance-mode"_s] = u"type=offline,message=disks"_s; });
    add(u"the datastore's folder is gone"_s, u"(source.offline) store.error"_s,
        [this] { store().broken = true; });
    add(u"the token's rights are too small, so that lists look empty"_s, u"source.denied (source.denied)"_s,
        [this] {
            state().acl.removeIf(
                [](const standin::AclEntry &entry) { return entry.path.startsWith(u"/datastore"); });
        });
    add(u"the token is refused"_s, u"source.access-refused"_s,
        [this] { standin::addToken(state(), standin::LabTokenId, "another"); });
    add(u"the group that the fleet names is empty"_s,
        u"(restore.nothing) (source.empty) snapshot.group-missing"_s,
        [this] { source().groups = QStringList { u"vm/2100"_s }; });
    add(u"a snapshot is from the future"_s, u"clock.future"_s, [this] {
        standin::Snapshot early = standin::vmSnapshot(now() + 5 * 3600, 64ll << 30);
        early.verification = snapshots().begin()->second.verification;
        standin::addSnapshot(store(), {}, u"vm/2001"_s, u"pve@pbs!backup"_s, early);
    });
    rows.push_back({ .name = u"the server shows another certificate"_s,
        .twin = twin,
        .raises = u"source.certificate-changed"_s,
        .harm = [this] { expect(m_server->changeCertificate()); },
        .mend = [this] { expect(m_server->restoreCertificate()); } });
    rows.push_back({ .name = u"the server is down"_s,
        .twin = twin,
        .raises = u"source.offline"_s,
        .harm = [this] { m_server->stop(); },
        .mend = [this] { expect(m_server->start()); } });
    return rows;
}

QTEST_GUILESS_MAIN(TestFaultsPbs)
#include "tst_faults_pbs.moc"
