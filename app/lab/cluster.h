#pragma once

#include "values/error.h"

#include <QByteArray>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace tidemark::lab {

// The folder with initdb, pg_ctl and postgres of an installed major version (0: the one TIDEMARK_PG_BIN
// names, else the newest found), empty if there is none.
[[nodiscard]] QString postgresBinaries(int major = 0);

// Runs a program as the unprivileged account, waits for it and answers with its standard output.
[[nodiscard]] Result<QByteArray> run(const QString &program, const QStringList &arguments,
    const QByteArray &input = {}, int timeoutMs = 120'000, const QMap<QString, QString> &environment = {});

// A real PostgreSQL cluster below one folder: data, socket and log. It listens on the Unix socket in that
// folder, and on 127.0.0.1 when given a port. Superuser "postgres", trust on the socket, C.UTF-8, data
// checksums, no fsync. The destructor stops it and leaves the folder to its owner, unless told otherwise.
// Calls block.
class Cluster
{
public:
    struct Options {
        QString folder; // made when missing; must be reachable by the unprivileged account
        int port = 5432; // names the socket even without TCP
        bool tcp = false;
        QMap<QString, QString> settings; // appended to postgresql.conf, values quoted here
        QStringList hba; // lines before the default ones
        QStringList initdb; // further arguments
        QString binaries = postgresBinaries();
        QString sockets; // folder of the socket, empty: the cluster's folder
        QMap<QString, QString> environment; // of the server and the tools
        bool outlivesThis = false; // the destructor leaves the server running
    };
    explicit Cluster(Options options);
    Cluster(const Cluster &) = delete;
    Cluster &operator=(const Cluster &) = delete;
    ~Cluster();

    [[nodiscard]] Result<> create(); // initdb and configuration
    [[nodiscard]] Result<> configure(const QMap<QString, QString> &settings) const; // appended, the last wins
    [[nodiscard]] Result<> start();
    [[nodiscard]] Result<> stop(const QString &mode = QStringLiteral("fast"));
    [[nodiscard]] bool running() const;

    // Unaligned, tuples only; stops at the first error.
    [[nodiscard]] Result<QString> psql(
        const QString &sql, const QString &database = QStringLiteral("postgres")) const;
    [[nodiscard]] Result<QByteArray> tool(
        const QString &name, const QStringList &arguments) const; // pg_dump, pg_basebackup …

    // For tools that do not connect: pg_waldump, pg_verifybackup …
    [[nodiscard]] Result<QByteArray> offlineTool(const QString &name, const QStringList &arguments) const;

    [[nodiscard]] QString dataDirectory() const;
    [[nodiscard]] QString socketFolder() const;
    [[nodiscard]] QString logFile() const;
    [[nodiscard]] int port() const { return m_options.port; }
    [[nodiscard]] const QString &binaries() const { return m_options.binaries; }

private:
    [[nodiscard]] Result<QByteArray> call(
        const QString &name, const QStringList &arguments, const QByteArray &input = {}) const;
    [[nodiscard]] QString binary(const QString &name) const;
    [[nodiscard]] Result<> writeConfiguration() const;

    Options m_options;
};

// A TCP port on 127.0.0.1 that was free a moment ago.
[[nodiscard]] int freePort();

} // namespace tidemark::lab
