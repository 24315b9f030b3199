#include "recovery/recipetext.h"
#include "support/samplefacts.h"

#include <QProcess>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace tidemark;
using namespace Qt::StringLiterals;
using Note = Recipe::Note;

namespace {

const Instant Asked = Instant::fromMicroseconds(1'795'183'506'250'000);

RestorePath inWindow(Answer::Kind kind)
{
    RestorePath path;
    path.answer = { kind, Asked, 0, -1, {} };
    path.withWal = true;
    path.wal = WalStretch { 0, { 2 }, { 3 }, { 1 }, { 2 }, u"first"_s, u"last"_s, 4 };
    return path;
}

Artifact base(const QString &id, const QString &location, const QString &format = {})
{
    Artifact made;
    made.id = id;
    made.location = location;
    made.format = format;
    return made;
}

QString numbers(const std::vector<Note> &notes)
{
    QStringList all;
    for (const Note note : notes)
        all.append(QString::number(int(note)));
    return all.join(u' ');
}

// "note 3 6", then what is looked at afterwards: "check 17 18"
QString printed(const Recipe &recipe)
{
    QStringList lines = recipe.commands + recipe.settings;
    if (!recipe.notes.empty())
        lines.append(u"note "_s + numbers(recipe.notes));
    if (!recipe.checks.empty())
        lines.append(u"check "_s + numbers(recipe.checks));
    return lines.join(u'\n');
}

Artifact dumpOf(const QString &database, const QString &location, const QString &format = u"custom"_s)
{
    Artifact dump = base(u"d-"_s + database, location, format);
    dump.kind = ArtifactKind::Dump;
    dump.database = database;
    dump.withGlobals = u"g"_s;
    return dump;
}

Artifact globalsAt(const QString &location)
{
    Artifact globals = base(u"g"_s, location, u"plain"_s);
    globals.kind = ArtifactKind::Globals;
    return globals;
}

Artifact snapshotOf(const QString &id)
{
    Artifact snapshot = base(id, id.section(u':', 2));
    snapshot.kind = ArtifactKind::VmSnapshot;
    return snapshot;
}

Source backupServer()
{
    Source made { .name = u"pbs01"_s, .kind = SourceKind::Pbs };
    made.url = u"https://pbs.example:8007"_s;
    made.tokenId = u"dba@pbs!console"_s;
    return made;
}

// The words a shell makes of a line.
QStringList readByShell(const QString &line)
{
    QProcess shell;
    shell.start(u"sh"_s, { u"-c"_s, u"printf '%s\\0' "_s + line });
    if (!shell.waitForFinished())
        return {};
    QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(0));
    words.removeLast();
    return words;
}

} // namespace

class TestRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesCarryTheirOffset()
    {
        QCOMPARE(targetTime(Asked), u"2026-11-20 14:05:06.250000+00"_s);
        QCOMPARE(targetTime(Instant::fromMicroseconds(-1)), u"1969-12-31 23:59:59.999999+00"_s);
    }

    void pgBackRest()
    {
        const Source from { .name = u"repo"_s, .kind = SourceKind::PgBackRest, .config = u"/etc/pgb.conf"_s };
        const auto chain
            = { base(u"x"_s, u"--stanza=shop --repo=2 --set=20261115-001003F_20261118-160004I"_s) };
        QCOMPARE(printed(recipeFor(inWindow(Answer::Kind::Exact), chain, from, nullptr, nullptr)),
            u"pgbackrest --config=/etc/pgb.conf --stanza=shop --repo=2 "
            "--set=20261115-001003F_20261118-160004I --pg1-path=DATA_DIRECTORY --type=time "
            "'--target=2026-11-20 14:05:06.250000+00' --target-action=pause --target-timeline=3 restore\n"
            "note 5\ncheck 17 18 19"_s);
        QCOMPARE(printed(recipeFor(inWindow(Answer::Kind::Earlier), chain, from, nullptr, nullptr)),
            u"pgbackrest --config=/etc/pgb.conf --stanza=shop --repo=2 "
            "--set=20261115-001003F_20261118-160004I --pg1-path=DATA_DIRECTORY --target-timeline=3 restore\n"
            "note 4\ncheck 18 19"_s);
    }

    void barman()
    {
        const Source from { .name = u"b"_s, .kind = SourceKind::Barman };
        QCOMPARE(printed(recipeFor(inWindow(Answer::Kind::Exact), { base(u"x"_s, u"shop 20261118T160004"_s) },
                     from, nullptr, nullptr)),
            u"barman recover --target-time '2026-11-20 14:05:06.250000+00' --target-action pause "
            u"--target-tli "
            "3 shop 20261118T160004 DATA_DIRECTORY\nnote 5\ncheck 17 18 19"_s);
    }

    void aFolderAndItsArchive()
    {
        const Source from { .name = u"f"_s, .kind = SourceKind::BaseBackups };
        const Source archive { .name = u"w"_s, .kind = SourceKind::WalArchive, .path = u"/wal/it's 100%"_s };
        WalArchive files;
        files.part = u"shop"_s;
        const Recipe recipe = recipeFor(inWindow(Answer::Kind::Exact),
            { base(u"x"_s, u"/base/x"_s, u"plain"_s) }, from, &files, &archive);
        QCOMPARE(printed(recipe),
            u"cp -a -- /base/x/. DATA_DIRECTORY\n"
            "restore_command = 'cp ''/wal/it''\\\\''''s 100%%/shop/''%f \"%p\"'\n"
            "recovery_target_time = '2026-11-20 14:05:06.250000+00'\nrecovery_target_action = 'pause'\n"
            "recovery_target_timeline = '3'\nnote 3 6 5\ncheck 17 18 19"_s);
    }

    void incrementsAreCombined()
    {
        const Source from { .name = u"f"_s, .kind = SourceKind::BaseBackups };
        RestorePath point;
        point.answer = { Answer::Kind::Exact, Asked, -1, 0, {} };
        Artifact last = base(u"i"_s, u"/b/in c"_s, u"plain"_s);
        last.carriesWal = true;
        QCOMPARE(printed(recipeFor(
                     point, { base(u"f"_s, u"/b/full"_s, u"plain"_s), last }, from, nullptr, nullptr)),
            u"pg_combinebackup --output=DATA_DIRECTORY -- /b/full '/b/in c'\nnote 2\ncheck 16 19"_s);
    }

    void aDumpIntoAServer_data()
    {
        QTest::addColumn<QString>("database");
        QTest::addColumn<QString>("location");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *database, const char *location, const char *format,
                             const char *expected) {
            QTest::newRow(name) << QString::fromLatin1(database) << QString::fromLatin1(location)
                                << QString::fromLatin1(format) << QString::fromLatin1(expected);
        };
        row("custom", "shop", "/d/shop.dump", "custom",
            "createdb AT --template=template0 shop\n"
            "pg_restore AT --exit-on-error --dbname=shop /d/shop.dump");
        row("plain", "shop", "/d/shop.sql", "plain",
            "createdb AT --template=template0 shop\n"
            "psql AT --set=ON_ERROR_STOP=on --dbname=shop --file=/d/shop.sql");
        row("packed", "shop", "/d/shop.sql.gz", "plain",
            "createdb AT --template=template0 shop\n"
            "gzip -dc -- /d/shop.sql.gz | psql AT --set=ON_ERROR_STOP=on --dbname=shop");
        row("a packed archive", "shop", "/d/shop.dump.zst", "custom",
            "createdb AT --template=template0 shop\n"
            "zstd -dc -- /d/shop.dump.zst | pg_restore AT --exit-on-error --dbname=shop");
        row("a folder is no packed file", "shop", "/d/shop.gz", "directory",
            "createdb AT --template=template0 shop\n"
            "pg_restore AT --exit-on-error --dbname=shop /d/shop.gz");
        row("it is there already", "postgres", "/d/p.dump", "custom",
            "pg_restore AT --exit-on-error --dbname=postgres /d/p.dump");
        row("a name that libpq would take for a connection", "host=x", "/d/p.dump", "custom",
            "createdb AT --template=template0 host=x\n"
            "pg_restore AT --exit-on-error '--dbname=dbname='\\''host=x'\\''' /d/p.dump");
    }
    void aDumpIntoAServer()
    {
        QFETCH(QString, database);
        QFETCH(QString, location);
        QFETCH(QString, format);
        QFETCH(QString, expected);
        const Source from { .name = u"d"_s, .kind = SourceKind::Dumps };
        const Recipe recipe = recipeFor({}, { dumpOf(database, location, format) }, from, nullptr, nullptr);
        expected.replace(u"AT"_s, u"-h TARGET_HOST -p TARGET_PORT"_s);
        QCOMPARE(recipe.commands.join(u'\n'), expected);
        QVERIFY(recipe.into == Recipe::Into::Server);
        QCOMPARE(numbers(recipe.notes), u"7"_s);
        QCOMPARE(numbers(recipe.checks), u"20 19"_s);
    }

    void globalsComeBeforeTheDatabases()
    {
        const Recipe recipe = recipeFor({},
            { globalsAt(u"/d/globals.sql.gz"_s), dumpOf(u"shop"_s, u"/d/shop.dump"_s),
                dumpOf(u"wiki"_s, u"/d/wiki.dump"_s) },
            {}, nullptr, nullptr);
        QCOMPARE(recipe.commands.size(), 5);
        QCOMPARE(recipe.commands.first(),
            u"gzip -dc -- /d/globals.sql.gz | psql -h TARGET_HOST -p TARGET_PORT --dbname=postgres"_s);
        QCOMPARE(recipe.commands.filter(u"pg_restore"_s).size(), 2);
        QCOMPARE(numbers(recipe.notes), u"9"_s);
    }

    void aDumpOfAllBringsItsGlobals()
    {
        Artifact all = dumpOf({}, u"/d/all.sql"_s, u"plain"_s);
        all.withGlobals = all.id;
        QCOMPARE(printed(recipeFor({}, { all }, {}, nullptr, nullptr)),
            u"psql -h TARGET_HOST -p TARGET_PORT --dbname=postgres --file=/d/all.sql\nnote 9\ncheck 20 19"_s);
    }

    void snapshots_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *id, bool encrypted, const QString &expected) {
            QTest::newRow(name) << QString::fromLatin1(id) << encrypted << expected;
        };
        const auto guest = [](const char *look, const char *command) {
            return u"pvesm list STORAGE --content backup --vmid %1\n%2 --storage TARGET_STORAGE --unique 1\n"
                   "note 10 11\ncheck 15 16 19"_s.arg(QLatin1StringView(look), QLatin1StringView(command));
        };
        const auto folder = [](const char *path, const char *more, const char *key, const char *notes) {
            const QString from
                = u" --repository 'dba@pbs!console@pbs.example:8007:main'"_s + QLatin1StringView(more);
            return u"proxmox-backup-client snapshot files %1%2\nproxmox-backup-client restore %1 ARCHIVE "
                   "TARGET_FOLDER%2%3\nnote %4\ncheck 15 16 19"_s.arg(
                       QLatin1StringView(path), from, QLatin1StringView(key), QLatin1StringView(notes));
        };
        row("a virtual machine", "main:prod/db:vm/2001/2026-11-20T01:30:00Z", false,
            guest("2001", "qmrestore STORAGE:backup/vm/2001/2026-11-20T01:30:00Z NEW_ID"));
        row("a container", "main::ct/300/2026-11-20T01:30:00Z", false,
            guest("300", "pct restore NEW_ID STORAGE:backup/ct/300/2026-11-20T01:30:00Z"));
        row("a host in a namespace", "main:prod/db:host/db1/2026-11-20T01:30:00Z", false,
            folder("host/db1/2026-11-20T01:30:00Z", " --ns prod/db", "", "12 13"));
        row("an encrypted host", "main::host/db1/2026-11-20T01:30:00Z", true,
            folder("host/db1/2026-11-20T01:30:00Z", "", " --keyfile KEYFILE", "12 13 14"));
        row("a machine that Proxmox VE does not list", "main::vm/db1/2026-11-20T01:30:00Z", false,
            folder("vm/db1/2026-11-20T01:30:00Z", "", "", "12 13"));
    }
    void snapshots()
    {
        QFETCH(QString, id);
        QFETCH(bool, encrypted);
        Artifact artifact = snapshotOf(id);
        artifact.encrypted = encrypted;
        const Recipe recipe = recipeFor({}, { artifact }, backupServer(), nullptr, nullptr);
        QTEST(printed(recipe), "expected");
        QVERIFY(recipe.snapshot);
        QCOMPARE(recipe.snapshot->datastore + u':' + recipe.snapshot->nameSpace + u':'
                + recipe.snapshot->group + u'/' + recipe.snapshot->time,
            id);
        QCOMPARE(recipe.snapshot->server, u"https://pbs.example:8007"_s);
    }

    void aServerByItsAddress()
    {
        Source from = backupServer();
        from.url = u"https://[2001:db8::7]:9007"_s;
        from.tokenId.clear();
        const Recipe recipe
            = recipeFor({}, { snapshotOf(u"main::host/db1/2026-11-20T01:30:00Z"_s) }, from, nullptr, nullptr);
        QVERIFY2(recipe.commands.first().endsWith(u"'USER@REALM@[2001:db8::7]:9007:main'"_s),
            qPrintable(recipe.commands.first()));
    }

    void whatNobodyKnowsIsSaid()
    {
        QCOMPARE(printed(recipeFor({}, {}, {}, nullptr, nullptr)), u"note 8"_s);
        QCOMPARE(printed(recipeFor({}, { snapshotOf(u"vm/100"_s) }, {}, nullptr, nullptr)), u"note 8"_s);
        QCOMPARE(
            printed(recipeFor({}, { snapshotOf(u"odd"_s) }, backupServer(), nullptr, nullptr)), u"note 8"_s);
    }

    // A shell reads back the words that were meant.
    void hostileNamesStayOneWord()
    {
        for (const QString &name : test::hostileNames()) {
            const Recipe recipe = recipeFor({}, { dumpOf(name, u"/d/"_s + name) }, {}, nullptr, nullptr);
            QCOMPARE(readByShell(recipe.commands.last()),
                (QStringList { u"pg_restore"_s, u"-h"_s, u"TARGET_HOST"_s, u"-p"_s, u"TARGET_PORT"_s,
                    u"--exit-on-error"_s, u"--dbname="_s + name, u"/d/"_s + name }));
            QCOMPARE(readByShell(recipe.commands.first()).last(), name);
            QString part = name;
            part.remove(u'/').remove(u':');
            Source from = backupServer();
            from.tokenId = u"dba@pbs!"_s + part;
            const QString path = u"host/"_s + part + u"/2026-11-20T01:30:00Z"_s;
            const Artifact there = snapshotOf(part + u':' + part + u':' + path);
            const Recipe snapshot = recipeFor({}, { there }, from, nullptr, nullptr);
            const QString repository = from.tokenId + u"@pbs.example:8007:"_s + part;
            QCOMPARE(readByShell(snapshot.commands.last()),
                (QStringList { u"proxmox-backup-client"_s, u"restore"_s, path, u"ARCHIVE"_s,
                    u"TARGET_FOLDER"_s, u"--repository"_s, repository, u"--ns"_s, part }));
        }
    }

    void theTextIsLinesForAShellAndComments()
    {
        const Recipe recipe = recipeFor({}, { snapshotOf(u"main:prod:vm/2001/2026-11-20T01:30:00Z"_s) },
            backupServer(), nullptr, nullptr);
        const QString text = recipeText(recipe, { u"db\nrm -rf x to then"_s });
        QVERIFY2(
            text.startsWith(u"# db rm -rf x to then\n# backup server: https://pbs.example:8007\n"
                            "# datastore: main\n# namespace: prod\n# group: vm/2001\n"
                            "# snapshot: 2026-11-20T01:30:00Z\n# on a Proxmox VE host, as a new guest"_s),
            qPrintable(text));
        const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(std::ranges::count_if(lines, [](const QString &line) { return !line.startsWith(u'#'); }), 3);
        QVERIFY(text.contains(u"# Afterwards:\n# The server was running when this was taken."_s));
        QVERIFY(lines.last().startsWith(u"psql -h TARGET_HOST -p TARGET_PORT --dbname=postgres "_s));
    }

    void everyNoteHasWords()
    {
        QSet<QString> all;
        for (int note = 0; note <= int(Note::Statistics); ++note)
            all.insert(wordsFor(Note(note)));
        QVERIFY(!all.contains(QString()));
        QCOMPARE(all.size(), int(Note::Statistics) + 1);
    }
};

QTEST_APPLESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
