#include "store/migrations.h"

#include "store/artifactpages.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Where a quoted piece that begins at `from` ends; a doubled quote is two pieces side by side, which is fine.
qsizetype afterQuoted(const QString &sql, qsizetype from)
{
    const qsizetype end = sql.indexOf(sql.at(from), from + 1);
    return end < 0 ? sql.size() : end + 1;
}

qsizetype afterLine(const QString &sql, qsizetype from)
{
    const qsizetype end = sql.indexOf(u'\n', from);
    return end < 0 ? sql.size() : end;
}

Result<Migration> readMigration(const QString &path, int version, const QString &name)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Internal, u"store.migrations"_s, path + u": "_s + file.errorString());
    return Migration { version, name, splitStatements(QString::fromUtf8(file.readAll())) };
}

} // namespace

QStringList splitStatements(const QString &sql)
{
    QStringList statements;
    QString current;
    const auto finish = [&] {
        if (const QString one = current.trimmed(); !one.isEmpty())
            statements += one;
        current.clear();
    };
    for (qsizetype at = 0; at < sql.size();) {
        const QChar c = sql.at(at);
        qsizetype next = at + 1;
        if (c == u'\'' || c == u'"')
            next = afterQuoted(sql, at);
        if (c == u'-' && sql.mid(at, 2) == u"--"_s)
            at = next = afterLine(sql, at);
        if (c == u';') {
            finish();
            at = next;
        }
        current += sql.mid(at, next - at);
        at = next;
    }
    finish();
    return statements;
}

Result<std::vector<Migration>> readMigrations(const QString &folder, Dialect dialect)
{
    static const QRegularExpression form(u"^(\\d{3})-([a-z0-9-]+)(\\.sqlite|\\.postgresql)?\\.sql$"_s);
    const QString own = dialect == Dialect::Sqlite ? u".sqlite"_s : u".postgresql"_s;
    std::vector<Migration> migrations;
    for (const QString &file : QDir(folder).entryList(QDir::Files, QDir::Name)) {
        const QRegularExpressionMatch match = form.match(file);
        if (!match.hasMatch() || (!match.captured(3).isEmpty() && match.captured(3) != own))
            continue;
        auto migration = readMigration(folder + u'/' + file, match.captured(1).toInt(), match.captured(2));
        if (!migration)
            return tl::unexpected(std::move(migration).error());
        if (migration->version != static_cast<int>(migrations.size()) + 1)
            return failure(ErrorKind::Internal, u"store.migrations"_s, u"%1 is out of turn"_s.arg(file));
        migrations.push_back(*std::move(migration));
    }
    if (migrations.empty())
        return failure(ErrorKind::Internal, u"store.migrations"_s, u"there are none in "_s + folder);
    return migrations;
}

Result<std::vector<Migration>> builtInMigrations(Dialect dialect)
{
    auto migrations = readMigrations(u":/tidemark/sql/store"_s, dialect);
    if (!migrations)
        return migrations;
    const auto moving = std::ranges::find(*migrations, u"artifact-pages"_s, &Migration::name);
    if (moving != migrations->end())
        moving->then = moveArtifactsIntoPages;
    return migrations;
}

} // namespace tidemark
