#pragma once

#include "ports/sqlsession.h"
#include "postgres/errors.h"

#include <QElapsedTimer>

#include <libpq-fe.h>

namespace tidemark {

// Sends statements and takes their answers off the wire a slice of time at a stretch; never waits. Whoever
// drives it waits for the socket.
class Reader
{
public:
    using Portion = std::function<void(SqlRows)>;
    enum class Step { Wait, Pause, Done, Lost };

    // Without `portion` the rows are in the answers.
    Reader(PGconn *connection, std::vector<SqlStatement> statements, Portion portion);

    [[nodiscard]] bool send();
    // Takes what has come, for no longer than the slice.
    [[nodiscard]] Step step(std::chrono::milliseconds slice);
    // What can still be told after the connection broke, then the error for every answer that did not come.
    void giveUp(const Error &lost);

    void noteCancel() { m_end.weCancelled = true; }
    void setStatementTimeout(std::optional<std::chrono::milliseconds> limit) { m_limit = limit; }
    [[nodiscard]] std::vector<Result<SqlRows>> takeAnswers() { return std::move(m_answers); }

private:
    struct Clear {
        void operator()(PGresult *result) const { PQclear(result); }
    };
    using Answer = std::unique_ptr<PGresult, Clear>;

    [[nodiscard]] bool sendOne(const SqlStatement &statement);
    [[nodiscard]] bool allAnswered() const { return m_answers.size() == m_statements.size(); }
    void take(const PGresult *result);
    void takeRows(const PGresult *result);
    void takeColumns(const PGresult *result);
    void fail(const PGresult *result);
    void refuseCopy(ExecStatusType status);
    void finishStatement();
    void handOut();
    [[nodiscard]] bool isLost() const;
    [[nodiscard]] bool drainCopy(); // false: more is to come

    PGconn *m_connection;
    std::vector<SqlStatement> m_statements;
    Portion m_portion;
    bool m_pipelined;
    bool m_copying = false;
    bool m_unusable = false;
    int m_silences = 0;
    SqlRows m_rows;
    std::optional<Error> m_error;
    std::vector<Result<SqlRows>> m_answers;
    StatementEnd m_end;
    std::optional<std::chrono::milliseconds> m_limit;
    QElapsedTimer m_running;
};

} // namespace tidemark
