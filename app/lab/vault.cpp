#include "lab/vault.h"

#include "lab/unprivileged.h"
#include "values/shellword.h"

#include <QFile>
#include <QJsonDocument>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

Vault::Vault(const Place &place)
    : ClusterService(place, u"vault-db"_s, 5514)
{
}

QStringList Vault::entries() const
{
    return ClusterService::entries()
        + QStringList { u"pgbackrest.conf"_s, u"repo"_s, u"spool"_s, u"log"_s, u"lock"_s };
}

QMap<QString, QString> Vault::settings() const
{
    QString config = shellWord(configuration());
    return { { u"archive_mode"_s, u"on"_s },
        { u"archive_command"_s,
            u"pgbackrest --config=%1 --stanza=vault archive-push %p"_s.replace(
                u"%1"_s, config.replace(u'%', u"%%"_s)) } };
}

Result<QByteArray> Vault::backrest(const QStringList &arguments) const
{
    return shell(
        u"pgbackrest"_s, QStringList { u"--config="_s + configuration(), u"--stanza=vault"_s } + arguments);
}

Result<> Vault::configure() const
{
    const QString text = uR"([global]
repo1-path=%1/repo
repo1-retention-full=2
repo1-retention-diff=3
repo1-bundle=y
archive-async=y
spool-path=%1/spool
log-path=%1/log
lock-path=%1/lock
log-level-console=warn
log-level-file=info
start-fast=y
compress-type=lz4
process-max=2

[vault]
pg1-path=%1/data
pg1-port=%2
pg1-socket-path=%3
pg1-user=postgres
)"_s.arg(folder(), QString::number(port()), place().sockets);
    if (auto written = writeWhole(configuration(), text.toUtf8()); !written)
        return written;
    const bool readable = QFile::setPermissions(
        configuration(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    if (!readable || !giveAway(configuration()))
        return failure(ErrorKind::Denied, u"lab.write"_s, configuration());
    return makeFolders({ u"repo"_s, u"spool"_s, u"log"_s, u"lock"_s });
}

Result<QJsonObject> Vault::build()
{
    if (QStandardPaths::findExecutable(u"pgbackrest"_s).isEmpty())
        return failure(ErrorKind::NotFound, u"lab.program"_s, u"pgbackrest is not installed"_s);
    if (auto configured = configure(); !configured)
        return tl::unexpected(std::move(configured).error());
    if (auto made = makeServer(); !made)
        return tl::unexpected(std::move(made).error());
    if (auto stanza = backrest({ u"stanza-create"_s }); !stanza)
        return tl::unexpected(std::move(stanza).error());
    if (auto filled = script(u"readings.sql"_s, u"postgres"_s); !filled)
        return tl::unexpected(std::move(filled).error());
    for (const QString &type : { u"full"_s, u"diff"_s, u"incr"_s }) {
        auto made = backrest({ u"--type="_s + type, u"backup"_s });
        if (!made)
            return tl::unexpected(std::move(made).error());
        if (auto done = query(u"call take_readings(60)"_s); !done)
            return tl::unexpected(std::move(done).error());
    }
    if (auto good = backrest({ u"check"_s }); !good)
        return tl::unexpected(std::move(good).error());
    const auto info = backrest({ u"--output=json"_s, u"info"_s });
    if (!info)
        return tl::unexpected(info.error());
    QJsonArray labels;
    const QJsonObject stanza = QJsonDocument::fromJson(*info).array().first().toObject();
    for (const auto &backup : stanza[u"backup"_s].toArray())
        labels << backup.toObject()[u"label"_s];
    auto facts = basicFacts();
    if (facts)
        facts->insert(u"pgbackrestBackups"_s, labels);
    return facts;
}

} // namespace tidemark::lab
