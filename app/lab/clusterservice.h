#pragma once

#include "lab/cluster.h"
#include "lab/service.h"

#include <QDateTime>
#include <QJsonArray>

#include <vector>

namespace tidemark::lab {

// A PostgreSQL cluster of the lab: the part that all have in common.
class ClusterService : public Service
{
public:
    ClusterService(const Place &place, const QString &name, int port);

    [[nodiscard]] Cluster cluster() const;
    [[nodiscard]] QStringList entries() const override;

protected:
    [[nodiscard]] virtual QMap<QString, QString> settings() const { return {}; }
    [[nodiscard]] virtual QStringList initdb() const { return {}; }

    [[nodiscard]] Result<> start() override;
    [[nodiscard]] ServiceStatus look(ServiceStatus blank) const override;
    void tidy() override;

    // initdb, configuration, start and the role that the console signs in with.
    [[nodiscard]] Result<> makeServer();
    [[nodiscard]] Result<> makeFolders(const QStringList &names) const;
    // Runs a script of resources/lab in a database; further arguments set psql variables.
    [[nodiscard]] Result<QString> script(
        const QString &name, const QString &database, const QMap<QString, QString> &variables = {}) const;
    [[nodiscard]] Result<QString> query(
        const QString &sql, const QString &database = QStringLiteral("postgres")) const;
    // An archive_command that never overwrites, never leaves a part under the final name, and writes through.
    [[nodiscard]] QString archiveCommand() const;
    // Ends the current segment and waits until it is in the archive folder; answers with its name.
    [[nodiscard]] Result<QString> switchAndArchive() const;
    // What every cluster tells of itself.
    [[nodiscard]] Result<QJsonObject> basicFacts() const;
    // A program of the server's machine, as its account, with the marks of the service.
    [[nodiscard]] Result<QByteArray> shell(const QString &program, const QStringList &arguments) const;

private:
    void clearStaleLocks() const;
};

// A night of the past: its date "2026-11-19" and 02:30 UTC of it.
struct Night {
    QString date;
    QDateTime at;
};
[[nodiscard]] std::vector<Night> pastNights(int count);
// Gives a file or folder, and all in it, the time of that night.
[[nodiscard]] bool setTime(const QString &path, const QDateTime &time);

} // namespace tidemark::lab
