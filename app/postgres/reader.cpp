#include "postgres/reader.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString textOf(const char *bytes, int length)
{
    return QString::fromUtf8(bytes, length);
}

SqlValue valueAt(const PGresult *result, int line, int column)
{
    if (PQgetisnull(result, line, column))
        return std::nullopt;
    return textOf(PQgetvalue(result, line, column), PQgetlength(result, line, column));
}

} // namespace

Reader::Reader(PGconn *connection, std::vector<SqlStatement> statements, Portion portion)
    : m_connection(connection)
    , m_statements(std::move(statements))
    , m_portion(std::move(portion))
    , m_pipelined(m_statements.size() > 1)
{
    m_answers.reserve(m_statements.size());
}

bool Reader::sendOne(const SqlStatement &statement)
{
    std::vector<QByteArray> bytes;
    std::vector<const char *> values;
    bytes.reserve(statement.parameters.size());
    for (const SqlValue &parameter : statement.parameters) {
        bytes.push_back(parameter ? parameter->toUtf8() : QByteArray());
        values.push_back(parameter ? bytes.back().constData() : nullptr);
    }
    return PQsendQueryParams(m_connection, statement.sql.toUtf8().constData(),
               static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0)
        == 1;
}

bool Reader::send()
{
    if (m_pipelined && PQenterPipelineMode(m_connection) != 1)
        return false;
    for (const SqlStatement &statement : m_statements) {
        if (!sendOne(statement) || (m_pipelined && PQpipelineSync(m_connection) != 1))
            return false;
    }
    PQsetSingleRowMode(m_connection);
    m_running.start();
    return true;
}

Reader::Step Reader::step(std::chrono::milliseconds slice)
{
    QElapsedTimer busy;
    busy.start();
    for (int count = 1; !m_unusable; ++count) {
        if (m_copying && !drainCopy())
            break;
        if (PQisBusy(m_connection))
            break;
        const Answer result(PQgetResult(m_connection));
        m_silences = result ? 0 : m_silences + 1;
        if (result)
            take(result.get());
        else if (isLost())
            return Step::Lost;
        else if (!m_pipelined)
            finishStatement();
        else if (m_silences > 8)
            m_unusable = true; // libpq has lost count of the pipeline
        if (allAnswered())
            return Step::Done;
        if (count % 32 == 0 && busy.elapsed() >= slice.count()) {
            handOut();
            return Step::Pause;
        }
    }
    handOut();
    return m_unusable || PQstatus(m_connection) == CONNECTION_BAD ? Step::Lost : Step::Wait;
}

void Reader::take(const PGresult *result)
{
    switch (const auto status = PQresultStatus(result)) {
    case PGRES_SINGLE_TUPLE:
        takeRows(result);
        break;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
        takeRows(result);
        m_rows.command = QString::fromUtf8(PQcmdStatus(const_cast<PGresult *>(result))); // NOLINT: libpq's
        m_rows.affected = QByteArray(PQcmdTuples(const_cast<PGresult *>(result))).toLongLong(); // NOLINT
        break;
    case PGRES_EMPTY_QUERY:
        break;
    case PGRES_PIPELINE_SYNC:
        finishStatement();
        PQsetSingleRowMode(m_connection); // for the statement that has become the current one
        break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        refuseCopy(status);
        break;
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_PIPELINE_ABORTED:
        fail(result);
        break;
    }
}

bool Reader::isLost() const
{
    return m_error && m_error->code == u"pg.lost";
}

void Reader::takeColumns(const PGresult *result)
{
    if (!m_rows.columns.isEmpty())
        return;
    for (int column = 0; column < PQnfields(result); ++column) {
        m_rows.columns.append(QString::fromUtf8(PQfname(result, column)));
        m_rows.types.push_back(PQftype(result, column));
    }
}

void Reader::takeRows(const PGresult *result)
{
    takeColumns(result);
    const int columns = PQnfields(result);
    for (int line = 0; line < PQntuples(result); ++line) {
        SqlRow row;
        row.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column)
            row.push_back(valueAt(result, line, column));
        m_rows.rows.push_back(std::move(row));
    }
}

void Reader::fail(const PGresult *result)
{
    if (m_error)
        return; // the first one names the cause
    m_end.timedOut = m_limit && m_running.elapsed() + 50 >= m_limit->count();
    m_error = statementError(result, m_end);
}

void Reader::refuseCopy(ExecStatusType status)
{
    m_error = Error { ErrorKind::Invalid, u"pg.copy"_s, u"COPY from or to the client is not served"_s };
    if (m_pipelined || status == PGRES_COPY_BOTH)
        m_unusable = true; // the protocol has no way back from there
    else if (status == PGRES_COPY_IN)
        PQputCopyEnd(m_connection, "not served");
    else
        m_copying = true;
}

bool Reader::drainCopy()
{
    for (;;) {
        char *data = nullptr;
        const int length = PQgetCopyData(m_connection, &data, 1);
        PQfreemem(data);
        if (length == 0)
            return false;
        if (length < 0) {
            m_copying = false;
            return true;
        }
    }
}

void Reader::finishStatement()
{
    handOut();
    if (m_error)
        m_answers.emplace_back(tl::unexpected(*std::exchange(m_error, std::nullopt)));
    else
        m_answers.emplace_back(std::move(m_rows));
    m_rows = {};
    m_running.start();
}

void Reader::handOut()
{
    if (!m_portion || m_rows.rows.empty())
        return;
    SqlRows portion { m_rows.columns, m_rows.types, std::move(m_rows.rows), {}, 0 };
    m_rows.rows.clear();
    if (!m_error)
        m_portion(std::move(portion));
}

void Reader::giveUp(const Error &lost)
{
    // Once the connection is down libpq has nothing to wait for; before, it would.
    const bool down = PQstatus(m_connection) == CONNECTION_BAD;
    for (int i = 0; down && !m_unusable && !m_error && i < 1000; ++i) {
        const Answer result(PQgetResult(m_connection));
        if (!result)
            break;
        take(result.get());
        if (allAnswered())
            return;
    }
    if (!allAnswered())
        m_answers.emplace_back(tl::unexpected(m_error && !isLost() ? *m_error : lost));
    while (!allAnswered())
        m_answers.emplace_back(tl::unexpected(lost));
}

} // namespace tidemark
