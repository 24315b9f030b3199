#pragma once

#include "lab/cluster.h"
#include "postgres/postgres.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

namespace tidemark::test {

// A running cluster in a temporary folder, and sessions on it.
class Server
{
public:
    explicit Server(lab::Cluster::Options options = {})
        : m_cluster(complete(std::move(options)))
    {
    }
    [[nodiscard]] QByteArray start()
    {
        if (auto made = m_cluster.create(); !made)
            return wordsOf(std::optional(made));
        auto started = m_cluster.start();
        return wordsOf(std::optional(started));
    }
    [[nodiscard]] lab::Cluster &cluster() { return m_cluster; }
    [[nodiscard]] const TemporaryFolder &folder() const { return m_folder; }

    [[nodiscard]] ConnectSpec bySocket(const QString &user = QStringLiteral("postgres"),
        const QString &database = QStringLiteral("postgres")) const
    {
        ConnectSpec spec;
        spec.host = m_cluster.socketFolder();
        spec.port = m_cluster.port();
        spec.user = user;
        spec.database = database;
        return spec;
    }
    [[nodiscard]] ConnectSpec byTcp(const QString &host = QStringLiteral("127.0.0.1")) const
    {
        ConnectSpec spec = bySocket();
        spec.host = host;
        return spec;
    }

private:
    lab::Cluster::Options complete(lab::Cluster::Options options) const
    {
        options.folder = m_folder.filePath(QStringLiteral("c"));
        options.port = lab::freePort();
        options.tcp = true;
        return options;
    }

    TemporaryFolder m_folder;
    lab::Cluster m_cluster;
};

[[nodiscard]] inline Result<std::shared_ptr<SqlSession>> open(const ConnectSpec &spec,
    const SqlOptions &options = {}, const std::optional<Host> &via = {},
    const std::optional<Secret> &password = {})
{
    static const auto connector = makePostgresConnector(nullptr);
    auto session = settle(connector->connect(spec, via, password, options, {}), std::chrono::seconds(30));
    if (!session)
        return failure(ErrorKind::Internal, QStringLiteral("test.hung"), {});
    return *session;
}

[[nodiscard]] inline Result<SqlRows> ask(const std::shared_ptr<SqlSession> &session, const QString &sql,
    const std::vector<SqlValue> &parameters = {}, std::stop_token stop = {})
{
    auto answer = settle(session->query({ sql, parameters }, std::move(stop)), std::chrono::seconds(30));
    if (!answer)
        return failure(ErrorKind::Internal, QStringLiteral("test.hung"), {});
    return *answer;
}

// "name, other | 1, NULL | 2, x", or the code of the error.
[[nodiscard]] inline QString printed(const Result<SqlRows> &answer)
{
    if (!answer)
        return answer.error().code;
    QStringList lines { answer->columns.join(QStringLiteral(", ")) };
    for (const SqlRow &row : answer->rows) {
        QStringList values;
        for (const SqlValue &value : row)
            values.append(value.value_or(QStringLiteral("NULL")));
        lines.append(values.join(QStringLiteral(", ")));
    }
    return lines.join(QStringLiteral(" | "));
}

template <class T>
[[nodiscard]] QString codeOf(const Result<T> &result)
{
    return result ? QStringLiteral("ok") : result.error().code;
}

} // namespace tidemark::test
