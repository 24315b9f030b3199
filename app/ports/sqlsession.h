#pragma once

#include "fleet/fleet.h"
#include "values/error.h"
#include "values/secret.h"

#include <QString>
#include <QStringList>
#include <qcorotask.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace tidemark {

// A value as the server prints it; nothing is NULL.
using SqlValue = std::optional<QString>;
using SqlRow = std::vector<SqlValue>;

struct SqlRows {
    QStringList columns;
    std::vector<quint32> types; // type OIDs, one for each column
    std::deque<SqlRow> rows; // grows without moving what is there: 200 000 of them never stop the loop
    QString command; // "SELECT 3", "CREATE TABLE"
    qint64 affected = 0; // rows returned or changed

    bool operator==(const SqlRows &) const = default;
};

// One statement; $1, $2 … stand for its parameters, whose types the server infers.
struct SqlStatement {
    QString sql;
    std::vector<SqlValue> parameters;

    bool operator==(const SqlStatement &) const = default;
};

// Something a server said beside its answers (RAISE NOTICE, warnings).
struct SqlNotice {
    QString severity;
    QString code;
    QString message;

    bool operator==(const SqlNotice &) const = default;
};

enum class SqlStatus { Idle, Busy, InTransaction, FailedTransaction, Lost };

// What a session is; settled when it was opened.
struct SqlAbout {
    int versionNumber = 0; // 150020
    int backendPid = 0;
    QString host; // as asked for; the folder of a socket
    QString port;
    QString database;
    QString user;
    bool tls = false;
    QString tlsVersion;
    bool tunnelled = false;

    bool operator==(const SqlAbout &) const = default;
};

// What a session is opened with. Unset limits are the server's own.
struct SqlOptions {
    bool readOnly = false;
    std::optional<std::chrono::milliseconds> statementTimeout;
    std::optional<std::chrono::milliseconds> lockTimeout;
    std::optional<std::chrono::milliseconds> idleInTransactionTimeout;
    std::optional<std::chrono::milliseconds> idleTimeout; // servers before 14 have none and keep the session
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(15); // for each host of the spec
    QString searchPath; // empty: the server's
    QString applicationName = QStringLiteral("tidemark"); // one a URI, service or PGAPPNAME names wins
};

// One connection to a PostgreSQL server. Statements are served one after another in the order they were asked
// for, whoever asks. A stop request cancels what runs on the server and the session stays usable; an answer
// that came in spite of it is handed out. Errors are "pg.<SQLSTATE>"; "pg.cancelled" after a stop request,
// "pg.lost" when the server went away, "pg.closed" for what is asked of a session that is lost. The last
// handle closes it, once nothing runs any more.
class SqlSession
{
public:
    virtual ~SqlSession() = default;

    [[nodiscard]] virtual SqlAbout about() const = 0;
    [[nodiscard]] virtual SqlStatus status() const = 0;
    // What the server said since the last call, the newest thousand.
    [[nodiscard]] virtual std::vector<SqlNotice> takeNotices() = 0;

    [[nodiscard]] virtual QCoro::Task<Result<SqlRows>> query(SqlStatement statement, std::stop_token stop)
        = 0;
    // Hands rows out as they arrive, in portions that keep the event loop alive; the answer holds no rows.
    // After an error the portions already handed out are to be thrown away.
    [[nodiscard]] virtual QCoro::Task<Result<SqlRows>> stream(
        SqlStatement statement, std::function<void(SqlRows)> portion, std::stop_token stop)
        = 0;
    // One round trip for all, each statement a transaction of its own: one that fails leaves the others
    // alone. As many answers as statements, in their order.
    [[nodiscard]] virtual QCoro::Task<std::vector<Result<SqlRows>>> pipeline(
        std::vector<SqlStatement> statements, std::stop_token stop)
        = 0;
};

// Opens sessions. Nothing blocks: names are resolved, files read and keys exchanged on other threads.
class SqlConnector
{
public:
    virtual ~SqlConnector() = default;
    // Goes through `via` (which carries a non-empty ssh destination) when given. A given password is used
    // instead of the one the spec names.
    [[nodiscard]] virtual QCoro::Task<Result<std::shared_ptr<SqlSession>>> connect(ConnectSpec spec,
        std::optional<Host> via, std::optional<Secret> password, SqlOptions options, std::stop_token stop)
        = 0;
};

} // namespace tidemark
