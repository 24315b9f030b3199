#pragma once

#include "../sources/backupsourcecontract.h"
#include "pgbackrest/commands.h"
#include "pgbackrest/pgbackrest.h"
#include "support/gatedreader.h"
#include "support/testclock.h"
#include "support/toolmachine.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tidemark::test {

using namespace Qt::StringLiterals;

// What a pgBackRest with two repositories would answer.
class FakePgBackRest
{
public:
    explicit FakePgBackRest(std::shared_ptr<ToolMachine> machine)
        : m_machine(std::move(machine))
    {
    }
    void backup(const QString &stanza, int repository, const QString &label)
    {
        m_backups[{ stanza, repository }] << label;
        publish();
    }
    void drop(const QString &stanza, int repository, const QString &label)
    {
        auto &labels = m_backups[{ stanza, repository }];
        labels.removeAll(label);
        if (labels.isEmpty())
            m_backups.remove({ stanza, repository });
        publish();
    }
    // Its folder goes; the list of backups still has it.
    void lose(const QString &label)
    {
        m_lost << label;
        publish();
    }
    void setReadable(int repository, bool readable)
    {
        m_unreadable = readable ? 0 : repository;
        publish();
    }

private:
    using Place = std::pair<QString, int>;

    void answer(const HostCommand &command, const QJsonDocument &json)
    {
        m_machine->program(command.words, HostOutput { 0, json.toJson(QJsonDocument::Compact), {} });
    }
    [[nodiscard]] QStringList stanzas() const
    {
        QStringList names;
        for (auto place = m_backups.keyBegin(); place != m_backups.keyEnd(); ++place)
            if (!names.contains(place->first))
                names << place->first;
        return names;
    }
    [[nodiscard]] static QJsonObject backupJson(int repository, const QString &label)
    {
        return { { u"label"_s, label }, { u"type"_s, u"full"_s }, { u"error"_s, false },
            { u"database"_s, QJsonObject { { u"id"_s, 1 }, { u"repo-key"_s, repository } } },
            { u"archive"_s,
                QJsonObject { { u"start"_s, u"000000010000000000000011"_s },
                    { u"stop"_s, u"000000010000000000000011"_s } } },
            { u"lsn"_s, QJsonObject { { u"start"_s, u"0/1100028"_s }, { u"stop"_s, u"0/1100100"_s } } },
            { u"timestamp"_s, QJsonObject { { u"start"_s, 1795179438 }, { u"stop"_s, 1795179440 } } },
            { u"prior"_s, QJsonValue() }, { u"reference"_s, QJsonValue() } };
    }
    [[nodiscard]] QJsonObject stanzaJson(const QString &name, const QString &only = {}) const
    {
        QJsonArray repositories, backups, databases, archives;
        for (const int repository : { 1, 2 }) {
            const QStringList labels = m_backups.value({ name, repository });
            const bool broken = repository == m_unreadable;
            const QJsonObject status { { u"code"_s,
                                           broken                 ? 99
                                               : labels.isEmpty() ? 2
                                                                  : 0 },
                { u"message"_s, broken ? u"[FileOpenError] Permission denied"_s : u"ok"_s } };
            if (labels.isEmpty())
                continue;
            repositories << QJsonObject { { u"key"_s, repository }, { u"cipher"_s, u"none"_s },
                { u"status"_s, status } };
            if (broken)
                continue;
            const QJsonObject id { { u"id"_s, 1 }, { u"repo-key"_s, repository } };
            databases << QJsonObject { { u"id"_s, 1 }, { u"repo-key"_s, repository },
                { u"system-id"_s, qint64(7710236969170834915) }, { u"version"_s, u"15"_s } };
            archives << QJsonObject { { u"id"_s, u"15-1"_s }, { u"database"_s, id },
                { u"min"_s, u"000000010000000000000011"_s }, { u"max"_s, u"000000010000000000000012"_s } };
            for (const QString &label : labels)
                if (only.isEmpty() || label == only)
                    backups << backupJson(repository, label);
        }
        return { { u"name"_s, name }, { u"repo"_s, repositories }, { u"db"_s, databases },
            { u"archive"_s, archives }, { u"backup"_s, backups }, { u"cipher"_s, u"none"_s },
            { u"status"_s, QJsonObject { { u"code"_s, 0 }, { u"message"_s, u"ok"_s } } } };
    }
    void publish()
    {
        QJsonArray all;
        for (const QString &stanza : stanzas()) {
            all << stanzaJson(stanza);
            answer(m_way.info(stanza), QJsonDocument(QJsonArray { stanzaJson(stanza) }));
            for (const int repository : { 1, 2 })
                publishLists(stanza, repository);
        }
        answer(m_way.info({}), QJsonDocument(all));
    }
    void publishLists(const QString &stanza, int repository)
    {
        const QJsonObject folder { { u"type"_s, u"path"_s } };
        const QJsonObject file { { u"type"_s, u"file"_s }, { u"size"_s, 300 }, { u"time"_s, 1795179441 } };
        QJsonObject backups { { u"."_s, folder }, { u"backup.info"_s, file } };
        for (const QString &label : m_backups.value({ stanza, repository })) {
            if (!m_lost.contains(label))
                backups[label] = folder;
            answer(m_way.backup(stanza, repository, label),
                QJsonDocument(QJsonArray { stanzaJson(stanza, label) }));
        }
        answer(m_way.listBackups(stanza, repository), QJsonDocument(backups));
        const QString in = u"15-1/0000000100000000/"_s;
        const QString sum = u"-e6170ba34706ca44984bfd83208223a9b6bc7d4f.zst"_s;
        answer(m_way.listArchive(stanza, repository),
            QJsonDocument(
                QJsonObject { { u"."_s, folder }, { in + u"000000010000000000000011"_s + sum, file },
                    { in + u"000000010000000000000012"_s + sum, file } }));
    }

    std::shared_ptr<ToolMachine> m_machine;
    pgbackrest::Way m_way { u"/etc/pgbackrest/it's.conf"_s };
    QMap<Place, QStringList> m_backups;
    QStringList m_lost;
    int m_unreadable = 0;
};

// A made-up tool on a machine of the test's choice, asked through a reader of its choice.
class PgBackRestContract : public BackupSourceContract
{
    Q_OBJECT

protected:
    // A new one; host() reads the last.
    [[nodiscard]] virtual std::shared_ptr<ToolMachine> machine() = 0;
    [[nodiscard]] virtual std::shared_ptr<HostReader> host() = 0;

    std::shared_ptr<BackupSource> make() override
    {
        m_tool = std::make_unique<FakePgBackRest>(machine());
        m_tool->backup(u"demo"_s, 1, u"20261120-125718F"_s);
        m_tool->backup(u"demo"_s, 2, u"20261120-125940F"_s);
        Source source { .name = u"vault"_s, .kind = SourceKind::PgBackRest, .clusters = { u"shop"_s } };
        source.config = u"/etc/pgbackrest/it's.conf"_s;
        return makePgBackRestSource(source, {}, std::make_shared<GatedReader>(host(), gate()),
            std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
    }
    std::optional<QString> add(const QByteArray &name) override
    {
        if (name == "one more") {
            m_tool->backup(u"demo"_s, 1, u"20261120-120000F"_s);
            return u"demo/1/20261120-120000F"_s;
        }
        const QString stanza = QString::fromUtf8(name);
        if (stanza.toUtf8() != name)
            return {};
        m_tool->backup(stanza, 1, u"20261120-120000F"_s);
        return stanza + u"/1/20261120-120000F"_s;
    }
    void remove(const QByteArray &) override { m_tool->drop(u"demo"_s, 1, u"20261120-120000F"_s); }
    void setReadable(bool readable) override { m_tool->setReadable(2, readable); }

private Q_SLOTS:
    void aBackupWithoutItsFolderIsDamagedOnce()
    {
        const auto source = make();
        const auto whole = settle(source->scan({}, {}));
        QVERIFY(whole && *whole);
        const Known known = remembered({}, **whole);
        m_tool->lose(u"20261120-125718F"_s);
        const auto lost = settle(source->scan(known, {}));
        QVERIFY(lost && *lost);
        QCOMPARE((*lost)->artifacts.size(), std::size_t(1));
        QCOMPARE((*lost)->artifacts.front().id, u"demo/1/20261120-125718F"_s);
        QCOMPARE((*lost)->artifacts.front().state, ArtifactState::Damaged);
        QVERIFY((*lost)->whole && (*lost)->gone.isEmpty());
        const auto again = settle(source->scan(remembered(known, **lost), {}));
        QVERIFY(again && *again && (*again)->artifacts.empty());
    }

private:
    std::unique_ptr<FakePgBackRest> m_tool;
};

} // namespace tidemark::test
