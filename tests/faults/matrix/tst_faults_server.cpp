#include "filematrix.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

// What a server itself says: its settings, its archiver, its slots, its identity, what a role may see.
class TestFaultsServer : public FileMatrix
{
    Q_OBJECT

protected:
    QString family() const override { return u"The server"_s; }
    std::vector<Breakage> rows() override;
    void fill() override;
    QMap<QString, QString> settings() const override
    {
        return { { u"max_slot_wal_keep_size"_s, u"4MB"_s }, { u"min_wal_size"_s, u"2MB"_s },
            { u"max_wal_size"_s, u"2MB"_s } };
    }

private:
    // Settings are set as a person would set them, and undone.
    void set(const QString &name, const QString &value, bool restart = false);
    void reload();
    void reset(bool restart = false);
    // WAL was lost, or cannot be replayed: what follows begins with a new base backup.
    void renew();
    Breakage setting(const QString &name, const QString &raises, const QMap<QString, QString> &values,
        bool restart, const std::function<void()> &then = {});

    const QString m_twin = u"a server that archives its WAL into a folder, and is idle"_s;
};

void TestFaultsServer::fill()
{
    sql(u"create role watcher login; grant pg_monitor to watcher"_s);
    renew();
}

void TestFaultsServer::renew()
{
    // The archiver may still be busy with the command it had.
    const auto archives = [this] {
        const QString last = sql(u"insert into work values (1); select pg_walfile_name(pg_switch_wal())"_s);
        return QTest::qWaitFor([&] { return QFile::exists(live(u"wal/"_s + last)); }, 3'000);
    };
    QTRY_VERIFY_WITH_TIMEOUT(archives(), 60'000);
    shell(u"rm -rf wal/* bases/*"_s, live());
    baseBackup(u"b1"_s);
    work(2);
    settleArchive();
    m_onlooker.forget();
}

void TestFaultsServer::set(const QString &name, const QString &value, bool restart)
{
    sql(u"alter system set %1 = '%2'"_s.arg(name, value));
    if (!restart)
        reload();
}

void TestFaultsServer::reload()
{
    const QString before = sql(u"select pg_conf_load_time()"_s);
    sql(u"select pg_reload_conf()"_s);
    QTRY_VERIFY_WITH_TIMEOUT(sql(u"select pg_conf_load_time()"_s) != before, 30'000);
}

void TestFaultsServer::reset(bool restart)
{
    sql(u"alter system reset all"_s);
    reload();
    if (restart) {
        expect(cluster().stop());
        expect(cluster().start());
    }
}

Breakage TestFaultsServer::setting(const QString &name, const QString &raises,
    const QMap<QString, QString> &values, bool restart, const std::function<void()> &then)
{
    Breakage row { .name = name, .twin = m_twin, .raises = raises };
    row.harm = [this, values, restart, then] {
        for (auto one = values.begin(); one != values.end(); ++one)
            set(one.key(), one.value(), restart);
        if (restart) {
            expect(cluster().stop());
            expect(cluster().start());
        }
        if (then)
            then();
    };
    row.mend = [this, restart] {
        reset(restart);
        renew();
    };
    return row;
}

std::vector<Breakage> TestFaultsServer::rows()
{
    const auto hasFailed = [this] {
        sql(u"insert into work values (2); select pg_switch_wal()"_s);
        QTRY_VERIFY_WITH_TIMEOUT(sql(u"select failed_count from pg_stat_archiver"_s).toInt() > 0, 30'000);
    };
    const auto saysArchived = [this] {
        const QString last = sql(u"insert into work values (2); select pg_walfile_name(pg_switch_wal())"_s);
        QTRY_COMPARE_WITH_TIMEOUT(sql(u"select last_archived_wal from pg_stat_archiver"_s), last, 30'000);
        m_onlooker.readAgain({ u"wal"_s });
        m_onlooker.sourcesClock->ahead = 6min;
    };
    std::vector<Breakage> rows {
        setting(u"archive_command is /bin/true"_s, u"archiver.no-op"_s,
            { { u"archive_command"_s, u"/bin/true"_s } }, false),
        setting(u"archive_command reports success and keeps nothing"_s, u"wal.not-archived"_s,
            { { u"archive_command"_s, u"cp %p /dev/null"_s } }, false, saysArchived),
        setting(u"archive_command fails"_s, u"archiver.failing"_s,
            { { u"archive_command"_s, u"test -d /nowhere && cp %p /nowhere/%f"_s } }, false, hasFailed),
        setting(u"archive_command is empty"_s, u"archiver.no-command"_s, { { u"archive_command"_s, u""_s } },
            false),
        setting(u"archive_mode is off"_s, u"archiver.off"_s, { { u"archive_mode"_s, u"off"_s } }, true),
        setting(u"wal_level is minimal"_s, u"server.wal-minimal"_s,
            { { u"wal_level"_s, u"minimal"_s }, { u"archive_mode"_s, u"off"_s },
                { u"max_wal_senders"_s, u"0"_s } },
            true),
        setting(u"archive_timeout is off"_s, u"settings.archive-timeout"_s,
            { { u"archive_timeout"_s, u"0"_s } }, false),
        setting(u"archive_timeout is longer than the RPO"_s, u"settings.archive-timeout"_s,
            { { u"archive_timeout"_s, u"1h"_s } }, false),
    };
    Breakage slot { .name = u"a replication slot has lost its WAL"_s,
        .twin = u"a slot that has all it needs"_s,
        .raises = u"slot.lost"_s,
        .harm =
            [this] {
                work(12);
                settleArchive();
                m_onlooker.forget();
            },
        .prepare = [this] { sql(u"select pg_create_physical_replication_slot('away', true)"_s); },
        .mend = [this] { sql(u"select pg_drop_replication_slot('away')"_s); } };
    rows.push_back(slot);
    Breakage down { .name = u"the server is down"_s,
        .twin = m_twin,
        .raises = u"server.offline"_s,
        .harm = [this] { expect(cluster().stop()); },
        .mend = [this] { expect(cluster().start()); } };
    rows.push_back(down);
    Breakage role { .name = u"the role it is asked with is gone"_s,
        .twin = u"a role with pg_monitor"_s,
        .raises = u"server.access-refused"_s,
        .harm = [this] { sql(u"alter role watcher nologin"_s); },
        .prepare = [this] { m_onlooker.fleet.clusters.front().connect.user = u"watcher"_s; },
        .mend = [this] { sql(u"alter role watcher login"_s); } };
    rows.push_back(role);
    Breakage rights = role;
    rights.name = u"the role's rights are too small, so that its lists look empty"_s;
    rights.raises = u"server.rights"_s;
    rights.harm = [this] { sql(u"revoke pg_monitor from watcher"_s); };
    rights.mend = [this] { sql(u"grant pg_monitor to watcher"_s); };
    rows.push_back(rights);
    Breakage foreign { .name = u"another cluster answers under this one's name"_s,
        .twin = m_twin,
        .raises = u"server.foreign"_s,
        .harm = [this] { m_onlooker.fleet.clusters.front().connect = reach(other()); } };
    rows.push_back(foreign);
    Breakage clock { .name = u"the server's clock and this one differ by three minutes"_s,
        .twin = m_twin,
        .raises = u"clock.server"_s,
        .harm = [this] { m_onlooker.serversClock->ahead = 3min; } };
    rows.push_back(clock);
    return rows;
}

QTEST_GUILESS_MAIN(TestFaultsServer)
#include "tst_faults_server.moc"
