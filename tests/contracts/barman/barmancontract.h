#pragma once

#include "../sources/backupsourcecontract.h"
#include "barman/barman.h"
#include "barman/commands.h"
#include "support/gatedreader.h"
#include "support/testclock.h"
#include "support/toolmachine.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tidemark::test {

using namespace Qt::StringLiterals;

// What a Barman with some servers would answer.
class FakeBarman
{
public:
    explicit FakeBarman(std::shared_ptr<ToolMachine> machine)
        : m_machine(std::move(machine))
    {
    }
    // Without files Barman's own note of it is all that is left.
    void backup(const QString &server, const QString &id, bool files = true)
    {
        const QByteArray base = bases(server) + id.toUtf8();
        m_machine->file(base + "/backup.info", "status=DONE", Instant::fromSeconds(1'795'179'440));
        if (files)
            m_machine->file(base + "/data/PG_VERSION", "15", Instant::fromSeconds(1'795'179'440));
        m_backups[server] << id;
        const QByteArray archive = wals(server);
        for (const char *name : { "0000000100000000/000000010000000000000011",
                 "0000000100000000/000000010000000000000012", "xlog.db" })
            m_machine->file(archive + name, "wal", Instant::fromSeconds(1'795'179'441));
        publish();
    }
    void drop(const QString &server, const QString &id)
    {
        m_backups[server].removeAll(id);
        publish();
    }
    // A server that cannot be read is left out of the list, with a word about it.
    void setReadable(const QString &server, bool readable)
    {
        m_unreadable = readable ? QString() : server;
        publish();
    }

private:
    [[nodiscard]] QByteArray folder(const QString &server) const
    {
        return m_machine->root() + "/barman/" + server.toUtf8();
    }
    [[nodiscard]] QByteArray bases(const QString &server) const { return folder(server) + "/base/"; }
    [[nodiscard]] QByteArray wals(const QString &server) const { return folder(server) + "/wals/"; }
    void answer(const HostCommand &command, const QJsonObject &json, int exit = 0)
    {
        const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
        m_machine->program(command.words, HostOutput { exit, text, {} });
    }
    [[nodiscard]] static QJsonObject whole(const QString &id)
    {
        const QJsonObject base { { u"backup_method"_s, u"postgres"_s }, { u"begin_lsn"_s, u"0/1100028"_s },
            { u"end_lsn"_s, u"0/1200000"_s }, { u"begin_wal"_s, u"000000010000000000000011"_s },
            { u"begin_time"_s, u"2026-11-20 12:34:14.992551+00:00"_s },
            { u"end_time"_s, u"2026-11-20 12:34:56.985640+00:00"_s }, { u"timeline"_s, 1 } };
        return { { u"backup_id"_s, id }, { u"status"_s, u"DONE"_s }, { u"base_backup_information"_s, base },
            { u"system_id"_s, u"7710230926988089088"_s } };
    }
    void publish()
    {
        QJsonObject all;
        for (auto server = m_backups.cbegin(); server != m_backups.cend(); ++server)
            publishServer(server.key(), *server, all);
        answer(m_way.listBackups({}), all, all.contains(u"_ERROR"_s) ? 1 : 0);
    }
    void publishServer(const QString &server, const QStringList &ids, QJsonObject &all)
    {
        QJsonArray list;
        for (const QString &id : ids) {
            list << QJsonObject { { u"backup_id"_s, id }, { u"status"_s, u"DONE"_s },
                { u"size_bytes"_s, 1000 }, { u"end_time_timestamp"_s, u"1795178096"_s },
                { u"retention_status"_s, u"-"_s } };
            answer(m_way.showBackup(server, id), { { server, whole(id) } });
        }
        if (server == m_unreadable)
            all[u"_ERROR"_s] = QJsonArray { u"Permission denied"_s };
        else
            all[server] = list;
        const QJsonObject check { { u"directories"_s, QJsonObject { { u"status"_s, u"OK"_s } } } };
        answer(m_way.check(server), { { server, check } });
        answer(m_way.showServer(server),
            { { server,
                QJsonObject { { u"wals_directory"_s, QString::fromUtf8(wals(server)).chopped(1) },
                    { u"basebackups_directory"_s, QString::fromUtf8(bases(server)).chopped(1) },
                    { u"backup_directory"_s, QString::fromUtf8(folder(server)) }, { u"active"_s, true },
                    { u"postgres_systemid"_s, u"7710230926988089088"_s },
                    { u"xlog_segment_size"_s, 16777216 } } } });
    }

    std::shared_ptr<ToolMachine> m_machine;
    barman::Way m_way { u"/etc/barman it's.conf"_s };
    QMap<QString, QStringList> m_backups;
    QString m_unreadable;
};

// A made-up tool on a machine of the test's choice, asked through a reader of its choice.
class BarmanContract : public BackupSourceContract
{
    Q_OBJECT

protected:
    // A new one; host() reads the last.
    [[nodiscard]] virtual std::shared_ptr<ToolMachine> machine() = 0;
    [[nodiscard]] virtual std::shared_ptr<HostReader> host() = 0;

    std::shared_ptr<BackupSource> make() override
    {
        m_tool = std::make_unique<FakeBarman>(machine());
        m_tool->backup(u"main"_s, u"20261120T123414"_s);
        m_tool->backup(u"web"_s, u"20261120T123813"_s);
        Source source { .name = u"barman"_s, .kind = SourceKind::Barman, .clusters = { u"main"_s } };
        source.config = u"/etc/barman it's.conf"_s;
        return makeBarmanSource(source, {}, std::make_shared<GatedReader>(host(), gate()),
            std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
    }
    std::optional<QString> add(const QByteArray &name) override
    {
        const QString id = u"20261120T120000"_s;
        const QString server = name == "one more" ? u"main"_s : QString::fromUtf8(name);
        if (name != "one more" && server.toUtf8() != name)
            return {};
        m_tool->backup(server, id);
        return server + u'/' + id;
    }
    void remove(const QByteArray &) override { m_tool->drop(u"main"_s, u"20261120T120000"_s); }
    void setReadable(bool readable) override { m_tool->setReadable(u"web"_s, readable); }

private Q_SLOTS:
    void aBackupWithoutItsFilesIsDamagedOnce()
    {
        const auto source = make();
        m_tool->backup(u"main"_s, u"20261120T110000"_s, false);
        const auto found = settle(source->scan({}, {}));
        QVERIFY(found && *found);
        QStringList damaged;
        for (const Artifact &artifact : (*found)->artifacts)
            if (artifact.state == ArtifactState::Damaged)
                damaged << artifact.id;
        QCOMPARE(damaged, QStringList { u"main/20261120T110000"_s });
        const auto again = settle(source->scan(remembered({}, **found), {}));
        QVERIFY(again && *again && (*again)->artifacts.empty());
    }

private:
    std::unique_ptr<FakeBarman> m_tool;
};

} // namespace tidemark::test
