#include "postgres/servercopy.h"

#include "postgres/probe.h"
#include "postgres/servercopyfacts.h"
#include "postgres/sqltext.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

std::vector<SqlStatement> statements(const QStringList &names)
{
    std::vector<SqlStatement> all;
    for (const QString &name : names)
        all.push_back({ sqlText(u"copy/"_s + name), {} });
    return all;
}

std::vector<SqlStatement> fileStatements(const QStringList &paths)
{
    std::vector<SqlStatement> all;
    for (const QString &path : paths)
        all.push_back({ sqlText(u"copy/file"_s), { path } });
    return all;
}

// A server that went away, or a stop: nothing of the copy is worth keeping.
std::optional<Error> theEnd(const std::vector<Result<SqlRows>> &answers)
{
    for (const Result<SqlRows> &answer : answers) {
        if (!answer
            && (answer.error().kind == ErrorKind::Unreachable || answer.error().kind == ErrorKind::Cancelled))
            return answer.error();
    }
    return std::nullopt;
}

// What the server as a whole tells. Answers with the databases to look into.
QCoro::Task<Result<std::vector<DatabaseToCopy>>> copyServer(
    std::shared_ptr<SqlSession> session, std::shared_ptr<ServerCopy> copy, std::stop_token stop)
{
    const QString role = session->about().user;
    const auto questions
        = statements({ u"control"_s, u"settings"_s, u"files"_s, u"databases"_s, u"collations"_s });
    const auto answers = co_await session->pipeline(questions, stop);
    if (auto end = theEnd(answers))
        co_return tl::unexpected(*std::move(end));
    readControl(*copy, answers.at(0), role);
    readSettings(*copy, answers.at(1), role);
    const QStringList paths = filePaths(*copy, answers.at(2), role);
    auto databases = readDatabases(*copy, answers.at(3), role);
    readCollations(*copy, answers.at(4));
    const auto asked = fileStatements(paths);
    const auto files = co_await session->pipeline(asked, stop);
    if (auto end = theEnd(files))
        co_return tl::unexpected(*std::move(end));
    for (std::size_t i = 0; i < files.size(); ++i)
        readFile(*copy, paths.at(static_cast<qsizetype>(i)), files.at(i), role);
    co_return databases;
}

QCoro::Task<Result<>> copyDatabase(std::shared_ptr<SqlSession> session, DatabaseToCopy database,
    bool withShared, std::shared_ptr<ServerCopy> copy, std::stop_token stop)
{
    const SqlStatement sized { sqlText(u"copy/relations"_s), {} };
    auto relations = co_await session->query(sized, stop);
    // Somebody holds a table: lock or statement timeout.
    const bool held
        = !relations && (relations.error().code == "pg.55P03"_L1 || relations.error().code == "pg.57014"_L1);
    if (held && !stop.stop_requested()) {
        const SqlStatement counted { sqlText(u"copy/relations-unlocked"_s), {} };
        relations = co_await session->query(counted, stop);
    }
    if (!relations)
        co_return tl::unexpected(relations.error());
    readRelations(*copy, database, *relations, withShared);
    const SqlStatement extensions { sqlText(u"copy/extensions"_s), {} };
    const auto answer = co_await session->query(extensions, stop);
    readExtensions(*copy, database, answer);
    co_return Result<> {};
}

} // namespace

QCoro::Task<Result<ServerCopy>> PgServerCopier::copy(
    ConnectSpec spec, std::optional<Host> via, std::optional<Secret> password, std::stop_token stop)
{
    const auto self = shared_from_this();
    SqlOptions options = probeOptions();
    options.statementTimeout = 60s; // a hundred thousand relations take their time
    auto session = co_await m_connector->connect(spec, via, password, options, stop);
    if (!session)
        co_return tl::unexpected(std::move(session).error());
    const auto copy = std::make_shared<ServerCopy>();
    copy->at = m_clock->now();
    copy->versionNumber = (*session)->about().versionNumber;
    const QString role = (*session)->about().user;
    const auto databases = co_await copyServer(*session, copy, stop);
    if (!databases)
        co_return tl::unexpected(databases.error());
    session->reset(); // closes it
    bool withShared = true;
    for (const DatabaseToCopy &database : *databases) {
        ConnectSpec there = spec;
        there.database = database.name;
        auto inside = co_await m_connector->connect(there, via, password, options, stop);
        if (stop.stop_requested())
            co_return failure(ErrorKind::Cancelled, u"pg.cancelled"_s, u"stopped"_s);
        if (!inside) {
            noteUnread(*copy, database, inside.error(), role);
            continue;
        }
        const auto done = co_await copyDatabase(*inside, database, withShared, copy, stop);
        if (done)
            withShared = false;
        else
            noteUnread(*copy, database, done.error(), role);
    }
    if (stop.stop_requested())
        co_return failure(ErrorKind::Cancelled, u"pg.cancelled"_s, u"stopped"_s);
    co_return ServerCopy(std::move(*copy));
}

} // namespace tidemark
