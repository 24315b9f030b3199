#include "store/sqlitefile.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QString tables(Database &database)
{
    const auto names = database.rows(u"SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"_s);
    QStringList list;
    for (const QVariantList &row : names.value_or(Database::Rows {}))
        list += row.front().toString();
    return list.join(u' ');
}

} // namespace

class TestMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statementsAreCutWhereTheyEnd_data();
    void statementsAreCutWhereTheyEnd();
    void eachDialectReadsItsOwnFiles();
    void aHoleInTheVersionsIsRefused();
    void builtInOnesAreThereForBoth();
    void eachIsAppliedOnceAndNewOnesFollow();
    void oneThatFailsLeavesNothingBehind();
    void aFullDiskLeavesTheOldSchema();
    void whatAMigrationEmptiesIsGivenBack();
};

void TestMigrations::statementsAreCutWhereTheyEnd_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("statements");
    const auto row = [](const char *name, const QString &sql, const QStringList &statements) {
        QTest::newRow(name) << sql << statements;
    };
    row("nothing", u" \n; ;"_s, {});
    row("two", u"a; b;"_s, { u"a"_s, u"b"_s });
    row("no last semicolon", u"a;\nb"_s, { u"a"_s, u"b"_s });
    row("in quotes", u"a ';' b; c \";\" d"_s, { u"a ';' b"_s, u"c \";\" d"_s });
    row("doubled quotes", u"'it''s; so'; b"_s, { u"'it''s; so'"_s, u"b"_s });
    row("a comment", u"-- one; two's\na; -- end"_s, { u"a"_s });
    row("a comment at the line's end", u"a -- x; y\n b;"_s, { u"a \n b"_s });
    row("dashes in quotes", u"'--;' a;"_s, { u"'--;' a"_s });
    row("a minus", u"1 - 2; 3"_s, { u"1 - 2"_s, u"3"_s });
    row("a quote that stays open", u"a 'b; c"_s, { u"a 'b; c"_s });
}

void TestMigrations::statementsAreCutWhereTheyEnd()
{
    QFETCH(QString, sql);
    QTEST(splitStatements(sql), "statements");
}

void TestMigrations::eachDialectReadsItsOwnFiles()
{
    const test::TemporaryFolder folder;
    put(folder.filePath(u"001-one.sql"_s), "a");
    put(folder.filePath(u"002-two.sqlite.sql"_s), "b");
    put(folder.filePath(u"002-two.postgresql.sql"_s), "c");
    put(folder.filePath(u"notes.txt"_s), "d");
    const std::vector<Migration> sqlite { { 1, u"one"_s, { u"a"_s } }, { 2, u"two"_s, { u"b"_s } } };
    const std::vector<Migration> postgres { { 1, u"one"_s, { u"a"_s } }, { 2, u"two"_s, { u"c"_s } } };
    QVERIFY(readMigrations(folder.path(), Dialect::Sqlite).value_or(std::vector<Migration> {}) == sqlite);
    QVERIFY(
        readMigrations(folder.path(), Dialect::PostgreSql).value_or(std::vector<Migration> {}) == postgres);
}

void TestMigrations::aHoleInTheVersionsIsRefused()
{
    const test::TemporaryFolder folder;
    put(folder.filePath(u"001-one.sql"_s), "a");
    put(folder.filePath(u"003-three.sql"_s), "b");
    const auto holed = readMigrations(folder.path(), Dialect::Sqlite);
    QCOMPARE(test::wordsOf(std::optional(holed)), "store.migrations: 003-three.sql is out of turn");
    const auto none = readMigrations(folder.filePath(u"none"_s), Dialect::Sqlite);
    QVERIFY(!none);
}

void TestMigrations::builtInOnesAreThereForBoth()
{
    const auto sqlite = builtInMigrations(Dialect::Sqlite);
    const auto postgres = builtInMigrations(Dialect::PostgreSql);
    QVERIFY2(sqlite, test::wordsOf(std::optional(sqlite)).constData());
    QVERIFY(postgres);
    QCOMPARE(sqlite->size(), postgres->size());
    QCOMPARE(sqlite->front().statements.size(), 4);
}

void TestMigrations::eachIsAppliedOnceAndNewOnesFollow()
{
    Database database(Dialect::Sqlite);
    database.connection().setDatabaseName(u":memory:"_s);
    QVERIFY(database.open());
    const Migration one { 1, u"one"_s, { u"CREATE TABLE a (x int)"_s } };
    const Migration two { 2, u"two"_s, { u"CREATE TABLE b (x int)"_s } };
    QCOMPARE(migrate(database, { one }).value_or(false), true);
    QCOMPARE(migrate(database, { one }).value_or(true), false);
    QCOMPARE(migrate(database, { one, two }).value_or(false), true);
    QCOMPARE(tables(database), u"a b migrations"_s);
    QCOMPARE(database.value(u"PRAGMA user_version"_s).value_or(QVariant()).toInt(), 2);
    QCOMPARE(test::wordsOf(std::optional(migrate(database, { one }))),
        "store.newer: the store has version 2, this program knows 1");
}

void TestMigrations::oneThatFailsLeavesNothingBehind()
{
    Database database(Dialect::Sqlite);
    database.connection().setDatabaseName(u":memory:"_s);
    QVERIFY(database.open());
    const Migration one { 1, u"one"_s, { u"CREATE TABLE a (x int)"_s, u"CREATE TABLE a (x int)"_s } };
    const auto failed = migrate(database, { one });
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, u"store.sql"_s);
    QCOMPARE(tables(database), QString());
}

void TestMigrations::aFullDiskLeavesTheOldSchema()
{
    const test::TemporaryFolder folder;
    Database database(Dialect::Sqlite);
    database.connection().setDatabaseName(folder.filePath(u"s.db"_s));
    QVERIFY(database.open());
    QVERIFY(database.exec(u"PRAGMA max_page_count = 4"_s));
    const auto builtIn = builtInMigrations(Dialect::Sqlite);
    const auto failed = migrate(database, builtIn.value_or(std::vector<Migration> {}));
    QCOMPARE(test::wordsOf(std::optional(failed)), "store.full: database or disk is full");
    QCOMPARE(tables(database), QString());
}

void TestMigrations::whatAMigrationEmptiesIsGivenBack()
{
    const test::TemporaryFolder folder;
    const Migration full { 1, u"full"_s,
        { u"CREATE TABLE a (x blob)"_s, u"INSERT INTO a VALUES (zeroblob(4000000))"_s } };
    const Migration emptied { 2, u"emptied"_s, { u"DELETE FROM a"_s } };
    const auto sizeWith = [&](const std::vector<Migration> &migrations) {
        const auto opened = openSqlite(folder.path(), migrations);
        return opened ? opened->database->value(u"PRAGMA page_count"_s).value().toLongLong() : -1;
    };
    const qint64 before = sizeWith({ full });
    QVERIFY(before > 900);
    const qint64 after = sizeWith({ full, emptied });
    QVERIFY2(after > 0 && after < 20, qPrintable(QString::number(after)));
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
