#include "recovery/recipe.h"
#include "support/samplefacts.h"

#include <QProcess>
#include <QTest>

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

QString printed(const Recipe &recipe)
{
    QStringList lines = recipe.commands + recipe.settings;
    for (const Note note : recipe.notes)
        lines.append(u"note %1"_s.arg(int(note)));
    return lines.join(u'\n');
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
            "note 5"_s);
        QCOMPARE(printed(recipeFor(inWindow(Answer::Kind::Earlier), chain, from, nullptr, nullptr)),
            u"pgbackrest --config=/etc/pgb.conf --stanza=shop --repo=2 "
            "--set=20261115-001003F_20261118-160004I --pg1-path=DATA_DIRECTORY --target-timeline=3 restore\n"
            "note 4"_s);
    }

    void barman()
    {
        const Source from { .name = u"b"_s, .kind = SourceKind::Barman };
        QCOMPARE(printed(recipeFor(inWindow(Answer::Kind::Exact), { base(u"x"_s, u"shop 20261118T160004"_s) },
                     from, nullptr, nullptr)),
            u"barman recover --target-time '2026-11-20 14:05:06.250000+00' --target-action pause "
            u"--target-tli "
            "3 shop 20261118T160004 DATA_DIRECTORY\nnote 5"_s);
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
            "recovery_target_timeline = '3'\nnote 3\nnote 6\nnote 5"_s);
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
            u"pg_combinebackup --output=DATA_DIRECTORY -- /b/full '/b/in c'\nnote 2"_s);
    }

    void dumps()
    {
        RestorePath point;
        point.answer = { Answer::Kind::Earlier, Asked, -1, 0, {} };
        Artifact dump = base(u"d"_s, u"/d/shop.dump"_s, u"custom"_s);
        dump.kind = ArtifactKind::Dump;
        dump.database = u"shop's"_s;
        dump.withGlobals = u"g"_s;
        const Source from { .name = u"d"_s, .kind = SourceKind::Dumps };
        QCOMPARE(printed(recipeFor(point, { dump }, from, nullptr, nullptr)),
            u"pg_restore --exit-on-error '--dbname=shop'\\''s' /d/shop.dump\nnote 7"_s);
        dump.format = u"plain"_s;
        dump.withGlobals.clear();
        QCOMPARE(printed(recipeFor(point, { dump }, from, nullptr, nullptr)),
            u"psql --set=ON_ERROR_STOP=on '--dbname=shop'\\''s' --file=/d/shop.dump"_s);
    }

    void whatNobodyKnowsIsSaid()
    {
        QCOMPARE(printed(recipeFor({}, {}, {}, nullptr, nullptr)), u"note 8"_s);
        Artifact snapshot = base(u"v"_s, u"vm/100"_s);
        snapshot.kind = ArtifactKind::VmSnapshot;
        QCOMPARE(printed(recipeFor({}, { snapshot }, {}, nullptr, nullptr)), u"note 8"_s);
    }

    // A shell reads back the words that were meant.
    void hostileNamesStayOneWord()
    {
        for (const QString &name : test::hostileNames()) {
            Artifact dump = base(u"d"_s, u"/d/"_s + name, u"custom"_s);
            dump.kind = ArtifactKind::Dump;
            dump.database = name;
            const Recipe recipe = recipeFor({}, { dump }, {}, nullptr, nullptr);
            QProcess shell;
            shell.start(u"sh"_s, { u"-c"_s, u"printf '%s\\0' "_s + recipe.commands.first() });
            QVERIFY(shell.waitForFinished());
            QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()),
                (QStringList { u"pg_restore"_s, u"--exit-on-error"_s, u"--dbname="_s + name, u"/d/"_s + name,
                     QString() })
                    .join(QChar(0)));
        }
    }
};

QTEST_APPLESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
