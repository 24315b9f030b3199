#pragma once

#include "store/migrations.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <vector>

namespace tidemark {

// One Qt Sql connection, for one thread: made, used and destroyed on the store's worker. Its errors are
// Error values with stable codes; docs/store.md has the table.
class Database
{
public:
    explicit Database(Dialect dialect);
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database();

    using Rows = std::vector<QVariantList>;

    [[nodiscard]] Dialect dialect() const { return m_dialect; }
    [[nodiscard]] QSqlDatabase &connection() { return m_connection; }
    [[nodiscard]] Result<> open(const QString &user = {}, const QString &password = {});

    // One statement; values take the places of "?".
    [[nodiscard]] Result<Rows> rows(const QString &sql, const QVariantList &values = {});
    [[nodiscard]] Result<> exec(const QString &sql, const QVariantList &values = {});
    // How many rows the statement changed.
    [[nodiscard]] Result<int> change(const QString &sql, const QVariantList &values);
    // The same statement for each list of values, prepared once.
    [[nodiscard]] Result<> batch(const QString &sql, const std::vector<QVariantList> &lists);
    // Hands on row after row and keeps none, until `take` answers false.
    [[nodiscard]] Result<> each(
        const QString &sql, const QVariantList &values, const std::function<bool(const QSqlQuery &)> &take);
    // The first column of the first row; invalid when there is no row.
    [[nodiscard]] Result<QVariant> value(const QString &sql, const QVariantList &values = {});

    // Runs the work between BEGIN and COMMIT; rolled back when it fails. SQLite takes its write lock at once.
    [[nodiscard]] Result<> transaction(const std::function<Result<>(Database &)> &work);

private:
    Result<> run(QSqlQuery &query, const QString &sql, const QVariantList &values);

    Dialect m_dialect;
    QString m_name;
    QSqlDatabase m_connection;
};

// Brings the schema up to the newest migration; true when it changed something. A schema that is newer than
// the program is "store.newer".
[[nodiscard]] Result<bool> migrate(Database &database, const std::vector<Migration> &migrations);

} // namespace tidemark
