#include "ctl/help.h"
#include "ctlfakes.h"
#include "hosts/hosts.h"
#include "procedure/procedurejson.h"
#include "support/settle.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using ctl::Level;

// The commands over ports that answer what is written here: what is printed, as JSON, and the exit code.
class tst_Commands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usageErrors_data();
    void usageErrors();
    void helpAndVersion();
    void checkPrintsEveryMistake();
    void checkLevels();
    void serversInATable();
    void serversLevels_data();
    void serversLevels();
    void serversByName();
    void serversThroughTheirHost();
    void datastores();
    void snapshots();
    void snapshotAges_data();
    void snapshotAges();
    void tasks();
    void taskFilter();
    void labCodes_data();
    void labCodes();
    void labPassesHostileFolders();
    void jsonOfErrors();
    void jsonKeysAreDocumented();
    void hostileNamesStayOnTheirLine();
};

static ctl::Answer run(const test::CtlWorld &world, const QStringList &arguments)
{
    const auto answer = test::settle(ctl::runCommandLine(arguments, world.tools(), {}));
    return answer.value_or(ctl::Answer { .error = u"hung"_s });
}

static Cluster cluster(const QString &name)
{
    Cluster c;
    c.name = name;
    c.environment = Environment::Production;
    c.connect.service = name;
    return c;
}

static Source pbs(const QString &name)
{
    Source s;
    s.name = name;
    s.kind = SourceKind::Pbs;
    s.url = u"https://p:8007"_s;
    return s;
}

static ServerFacts healthy()
{
    ServerFacts f;
    f.readAt = Instant::fromSeconds(1'795'000'000);
    f.versionNumber = 150020;
    f.version = u"15.20 (Debian 15.20-0+deb12u1)"_s;
    f.systemId = SystemId { 7304873520981635072 };
    f.timeline = TimelineId { 3 };
    f.currentLsn = Lsn { 0x2A000000F8 };
    f.startedAt = Instant::fromSeconds(1'794'000'000);
    f.role = u"tidemark"_s;
    f.tls = true;
    f.tlsVersion = u"TLSv1.3"_s;
    f.dataDirectory = u"/var/lib/postgresql/15/main"_s;
    f.walLevel = u"replica"_s;
    f.archiveMode = u"on"_s;
    f.archiveCommand = u"cp %p /a/%f"_s;
    f.archiver
        = ArchiverFacts { 7, u"00000003000000000000002A"_s, Instant::fromSeconds(1'794'999'990), 0, {}, {} };
    f.databases = { { u"shop"_s, Bytes { 4096 }, true } };
    return f;
}

static ServerFacts failing()
{
    ServerFacts f = healthy();
    f.archiver->failedCount = 3;
    f.archiver->lastFailedWal = u"00000003000000000000002B"_s;
    f.archiver->lastFailedAt = Instant::fromSeconds(1'794'999'999);
    return f;
}

static Error unreachable()
{
    return { ErrorKind::Unreachable, u"pg.08006"_s, u"connection refused"_s };
}

void tst_Commands::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("line");
    const auto row = [](const QStringList &arguments, const QString &line) {
        QTest::newRow(qPrintable(u'"' + arguments.join(u' ') + u'"')) << arguments << line;
    };
    row({}, u"no command given; see tidemarkctl --help"_s);
    row({ u"server"_s }, u"unknown command \"server\"; did you mean servers?; see tidemarkctl --help"_s);
    row({ u"pbs"_s }, u"unknown command \"pbs\"; known: pbs datastores, pbs snapshots, pbs tasks"_s);
    row({ u"pbs"_s, u"snapshot"_s },
        u"unknown command \"pbs snapshot\"; did you mean pbs snapshots?; known: pbs datastores, pbs snapshots, pbs tasks"_s);
    row({ u"\x1b[31m"_s }, u"unknown command \"\\x1b[31m\"; see tidemarkctl --help"_s);
    row({ u"fleet"_s, u"check"_s }, u"fleet check needs FILE"_s);
    row({ u"fleet"_s, u"check"_s, u"a"_s, u"b"_s }, u"too many operands for fleet check"_s);
    row({ u"servers"_s, u"--jsn"_s }, u"servers has no option --jsn; did you mean --json?"_s);
    row({ u"servers"_s, u"-x"_s }, u"servers has no option -x"_s);
    row({ u"servers"_s, u"--fleet"_s }, u"--fleet needs a value: FILE"_s);
    row({ u"--fleet"_s }, u"--fleet needs a value: FILE"_s);
    row({ u"--fleet"_s, u"x"_s }, u"no command given; see tidemarkctl --help"_s);
    row({ u"--flet"_s, u"x"_s, u"servers"_s }, u"no command has an option --flet; see tidemarkctl --help"_s);
    row({ u"--ical"_s, u"x"_s, u"servers"_s }, u"servers has no option --ical"_s);
    row({ u"--json"_s, u"servers"_s, u"--json"_s }, u"--json is there twice"_s);
    row({ u"servers"_s, u"--json=1"_s }, u"--json takes no value"_s);
    row({ u"servers"_s, u"--json"_s, u"--json"_s }, u"--json is there twice"_s);
    row({ u"pbs"_s, u"tasks"_s, u"--since"_s, u"yesterday"_s }, u"--since must be a duration such as 26h"_s);
    row({ u"pbs"_s, u"tasks"_s, u"--limit"_s, u"-1"_s }, u"--limit must be a number"_s);
    row({ u"pbs"_s, u"snapshots"_s, u"--max-age=x"_s }, u"--max-age must be a duration such as 26h"_s);
    row({ u"lab"_s, u"up"_s }, u"lab up needs DIR"_s);
    row({ u"servers"_s, u"nope"_s }, u"no cluster named nope [ctl.no-such-cluster]"_s);
    row({ u"pbs"_s, u"tasks"_s }, u"the fleet has no source of kind pbs [ctl.no-such-source]"_s);
}

void tst_Commands::usageErrors()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, line);
    test::CtlWorld world;
    world.file->fleet.clusters = { cluster(u"a"_s) };
    const auto answer = run(world, arguments);
    QCOMPARE(answer.error, line);
    QCOMPARE(answer.level, Level::Unknown);
    QCOMPARE(answer.text, QString());
}

void tst_Commands::helpAndVersion()
{
    const test::CtlWorld world;
    QCOMPARE(run(world, { u"--version"_s }).text.section(u' ', 0, 0), u"tidemarkctl"_s);
    QCOMPARE(run(world, { u"--help"_s }).text, ctl::programHelp());
    for (const ctl::Command &command : ctl::commands()) {
        const auto answer = run(world, command.name.split(u' ') + QStringList { u"--help"_s });
        QCOMPARE(answer.text, ctl::commandHelp(command));
        QCOMPARE(answer.level, Level::Ok);
        QVERIFY2(ctl::programHelp().contains(command.about), qPrintable(command.name));
        for (const ctl::Option &option : command.options)
            QVERIFY2(answer.text.contains(u"--"_s + option.name), qPrintable(option.name));
    }
    QCOMPARE(run(world, { u"fleet"_s, u"check"_s, u"--"_s, u"--help"_s }).text,
        u"ok: the fleet file has no mistakes\n"_s);
    QCOMPARE(world.file->asked, u"--help"_s);
}

void tst_Commands::checkPrintsEveryMistake()
{
    test::CtlWorld world;
    world.file->remarks.problems
        = { { 12, 5, u"unknown key \"enviroment\" in the cluster"_s, u"Did you mean \"environment\"?"_s } };
    world.file->remarks.warnings = { { 3, 1, u"no environment"_s, {} } };
    const auto answer = run(world, { u"fleet"_s, u"check"_s, u"my fleet.yaml"_s });
    QCOMPARE(answer.text,
        u"critical: 1 mistakes, 1 warnings\n"
        "my fleet.yaml:12:5: error: unknown key \"enviroment\" in the cluster. Did you mean "
        "\"environment\"?\n"
        "my fleet.yaml:3:1: warning: no environment.\n"_s);
    QCOMPARE(answer.level, Level::Critical);
}

void tst_Commands::checkLevels()
{
    test::CtlWorld world;
    QCOMPARE(run(world, { u"fleet"_s, u"check"_s, u"f"_s }).level, Level::Ok);
    world.file->remarks.warnings = { { 3, 1, u"w"_s, {} } };
    QCOMPARE(run(world, { u"fleet"_s, u"check"_s, u"f"_s }).level, Level::Warning);
    world.file->error = Error { ErrorKind::NotFound, u"fleet.not-found"_s, u"f"_s };
    const auto answer = run(world, { u"fleet"_s, u"check"_s, u"f"_s });
    QCOMPARE(answer.level, Level::Unknown);
    QCOMPARE(answer.error, u"is not there: f [fleet.not-found]"_s);
}

void tst_Commands::serversInATable()
{
    test::CtlWorld world;
    world.file->fleet.clusters = { cluster(u"shop"_s), cluster(u"books"_s), cluster(u"long-name-数据库"_s) };
    world.servers->byService[u"shop"_s] = healthy();
    world.servers->byService[u"books"_s] = tl::unexpected(unreachable());
    world.servers->byService[u"long-name-数据库"_s] = failing();
    const auto answer = run(world, { u"servers"_s });
    QCOMPARE(answer.text,
        u"critical: 2 of 3 servers answer\n"
        "SERVER            ENVIRONMENT  STATUS    VERSION  ROLE     LSN    ARCHIVING  DATABASES\n"
        "shop              production   ok        15.20    primary  2A/F8  on         1\n"
        "books             production   critical  -        -        -      -          -\n"
        "long-name-数据库  production   critical  15.20    primary  2A/F8  failing    1\n"
        "critical: long-name-数据库: WAL archiving fails at 00000003000000000000002B, nothing archived since "
        "2026-11-18T11:06:30Z\n"
        "critical: books: does not answer, it cannot be reached: connection refused [pg.08006]\n"_s);
    QCOMPARE(answer.level, Level::Critical);
    QCOMPARE(world.file->asked, u"/home/x/.config/tidemark/fleet.yaml"_s);
}

void tst_Commands::serversLevels_data()
{
    QTest::addColumn<Result<ServerFacts>>("facts");
    QTest::addColumn<int>("level");
    ServerFacts lacking = healthy();
    lacking.timeline = TimelineId { 1 };
    lacking.currentLsn = Lsn { 41ULL << 24 };
    lacking.missing = { { u"sizes"_s, u"GRANT pg_monitor TO tidemark"_s } };
    const auto error = [](ErrorKind kind, const QString &code) {
        return Result<ServerFacts>(tl::unexpected(Error { kind, code, u"words"_s }));
    };
    QTest::newRow("answers") << Result<ServerFacts>(healthy()) << 0;
    QTest::newRow("rights are missing") << Result<ServerFacts>(lacking) << 1;
    QTest::newRow("archiving fails") << Result<ServerFacts>(failing()) << 2;
    QTest::newRow("does not answer") << error(ErrorKind::Unreachable, u"pg.08006"_s) << 2;
    QTest::newRow("too late") << error(ErrorKind::Timeout, u"pg.timeout"_s) << 2;
    QTest::newRow("wrong password") << error(ErrorKind::Denied, u"pg.28P01"_s) << 3;
    QTest::newRow("bad connection string") << error(ErrorKind::Invalid, u"pg.conninfo"_s) << 3;
}

void tst_Commands::serversLevels()
{
    QFETCH(Result<ServerFacts>, facts);
    QFETCH(int, level);
    test::CtlWorld world;
    world.file->fleet.clusters = { cluster(u"a"_s) };
    world.servers->byService[u"a"_s] = facts;
    QCOMPARE(static_cast<int>(run(world, { u"servers"_s }).level), level);
}

void tst_Commands::serversByName()
{
    test::CtlWorld world;
    Cluster mute = cluster(u"mute"_s);
    mute.connect = {};
    world.file->fleet.clusters = { cluster(u"a"_s), cluster(u"-b c"_s), mute };
    const auto answer = run(world, { u"servers"_s, u"--fleet=x.yaml"_s, u"--"_s, u"-b c"_s });
    QCOMPARE(answer.text.section(u'\n', 0, 0), u"ok: 1 of 1 servers answer"_s);
    QCOMPARE(world.file->asked, u"x.yaml"_s);
    QCOMPARE(run(world, { u"--fleet"_s, u"y.yaml"_s, u"servers"_s, u"a"_s }).level, Level::Ok);
    QCOMPARE(world.file->asked, u"y.yaml"_s);
    QVERIFY(run(world, { u"--fleet=z.yaml"_s, u"--json"_s, u"servers"_s, u"a"_s }).text.startsWith(u'{'));
    QCOMPARE(world.file->asked, u"z.yaml"_s);
    QCOMPARE(run(world, { u"servers"_s, u"mute"_s }).level, Level::Unknown);
}

void tst_Commands::serversThroughTheirHost()
{
    test::CtlWorld world;
    Cluster far = cluster(u"far"_s);
    far.connect.via = u"jump"_s;
    world.file->fleet.hosts = { { .name = u"other"_s }, { .name = u"jump"_s } };
    world.file->fleet.clusters = { far };
    QCOMPARE(run(world, { u"servers"_s }).level, Level::Ok);
    QCOMPARE(world.servers->via, QStringList { u"jump"_s });
}

void tst_Commands::datastores()
{
    test::CtlWorld world;
    Source tight = pbs(u"tight"_s);
    tight.maxUsed = 60;
    world.file->fleet.sources = { pbs(u"one"_s), tight, pbs(u"dead"_s), { .name = u"dumps"_s } };
    DatastoreFacts tank { .name = u"tank"_s, .total = Bytes { 4LL << 40 }, .used = Bytes { 1LL << 40 } };
    tank.groups = 12;
    tank.snapshots = 340;
    DatastoreFacts small { .name = u"small"_s, .total = Bytes { 100 }, .used = Bytes { 70 } };
    small.maintenance = u"offline"_s;
    world.lists->stores[u"one"_s] = PbsListing<DatastoreFacts> { { tank }, true, {} };
    world.lists->stores[u"tight"_s] = PbsListing<DatastoreFacts> { { small }, true, {} };
    world.lists->stores[u"dead"_s]
        = tl::unexpected(Error { ErrorKind::Unreachable, u"pbs.unreachable"_s, u"no route to host"_s });
    const auto answer = run(world, { u"pbs"_s, u"datastores"_s });
    QCOMPARE(answer.text,
        u"critical: 2 datastores of 3 backup servers\n"
        "SOURCE  DATASTORE  USED     TOTAL    SHARE  GROUPS  SNAPSHOTS  FULL ON  STATE\n"
        "one     tank       1.0 TiB  4.0 TiB  25 %   12      340        -        ok\n"
        "tight   small      70 B     100 B    70 %   -       -          -        maintenance\n"
        "critical: dead: does not answer, it cannot be reached: no route to host [pbs.unreachable]\n"
        "warning: tight: datastore small is under maintenance: offline\n"
        "warning: tight: datastore small is 70 % full, 60 % are allowed\n"_s);
    QCOMPARE(run(world, { u"pbs"_s, u"datastores"_s, u"one"_s }).level, Level::Ok);
}

static PbsSnapshotFacts backup(const QString &group, qint64 secondsAgo)
{
    PbsSnapshotFacts s;
    s.datastore = u"tank"_s;
    s.group = group;
    s.time = Instant::fromSeconds(1'795'000'000 - secondsAgo);
    s.size = Bytes { 34359738368 };
    s.owner = u"root@pam"_s;
    s.verification = u"ok"_s;
    return s;
}

void tst_Commands::snapshots()
{
    test::CtlWorld world;
    world.file->fleet.sources = { pbs(u"one"_s) };
    PbsSnapshotFacts bad = backup(u"vm/2002"_s, 7200);
    bad.nameSpace = u"prod"_s;
    bad.verification = u"failed"_s;
    bad.isProtected = true;
    bad.comment = u"before the \x1b[2J upgrade"_s;
    world.lists->backups[u"one"_s] = PbsListing<PbsSnapshotFacts> { { backup(u"vm/2001"_s, 3600), bad },
        false, { { u"ns x"_s, u"Datastore.Audit"_s } } };
    const auto answer = run(world, { u"pbs"_s, u"snapshots"_s });
    QCOMPARE(answer.text,
        u"critical: 2 backups on 1 backup servers\n"
        "SOURCE  DATASTORE  NAMESPACE  GROUP    TIME                  SIZE      VERIFIED  PROTECTED  OWNER   "
        "  NOTES\n"
        "one     tank       -          vm/2001  2026-11-18T10:06:40Z  32.0 GiB  ok        -          "
        "root@pam\n"
        "one     tank       prod       vm/2002  2026-11-18T09:06:40Z  32.0 GiB  failed    yes        "
        "root@pam  before the "
        "\\x1b[2J upgrade\n"
        "warning: one: this is not all there is: the account may not see everything, it lacks: ns x "
        "(Datastore.Audit)\n"
        "critical: one: tank:prod/vm/2002 2026-11-18T09:06:40Z failed its verification\n"_s);
    const auto json = run(world, { u"pbs"_s, u"snapshots"_s, u"--json"_s, u"--limit"_s, u"1"_s }).json;
    QCOMPARE(json[u"count"_s].toInt(), 2);
    QCOMPARE(json[u"snapshots"_s].toArray().size(), 1);
}

void tst_Commands::snapshotAges_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("rpoHours");
    QTest::addColumn<bool>("finished");
    QTest::addColumn<int>("level");
    QTest::newRow("no limit") << QStringList() << 0 << true << 0;
    QTest::newRow("young enough") << QStringList { u"--max-age=26h"_s } << 0 << true << 0;
    QTest::newRow("too old") << QStringList { u"--max-age=24h"_s } << 0 << true << 2;
    QTest::newRow("older than the objective") << QStringList() << 24 << true << 2;
    QTest::newRow("within the objective") << QStringList() << 48 << true << 0;
    QTest::newRow("the option wins over the objective")
        << QStringList { u"--max-age=30h"_s } << 24 << true << 0;
    QTest::newRow("unfinished does not count") << QStringList { u"--max-age=26h"_s } << 0 << false << 2;
}

void tst_Commands::snapshotAges()
{
    QFETCH(QStringList, options);
    QFETCH(int, rpoHours);
    QFETCH(bool, finished);
    QFETCH(int, level);
    test::CtlWorld world;
    Source source = pbs(u"one"_s);
    if (rpoHours > 0)
        source.objectives.rpo = std::chrono::hours(rpoHours);
    world.file->fleet.sources = { source };
    PbsSnapshotFacts snapshot = backup(u"vm/1"_s, 25 * 3600);
    snapshot.finished = finished;
    world.lists->backups[u"one"_s] = PbsListing<PbsSnapshotFacts> { { snapshot }, true, {} };
    const auto answer = run(world, QStringList { u"pbs"_s, u"snapshots"_s } + options);
    QCOMPARE(static_cast<int>(answer.level), level);
}

void tst_Commands::tasks()
{
    test::CtlWorld world;
    world.file->fleet.sources = { pbs(u"one"_s) };
    const PbsTaskFacts good { u"UPID:a"_s, u"backup"_s, u"tank:vm/1"_s, u"root@pam"_s,
        Instant::fromSeconds(1'794'999'000), Instant::fromSeconds(1'794'999'600), PbsTaskState::Ok, u"OK"_s };
    PbsTaskFacts bad = good;
    bad.state = PbsTaskState::Failed;
    bad.status = u"connection\nlost"_s;
    PbsTaskFacts runs = good;
    runs.ended = {};
    runs.state = PbsTaskState::Running;
    runs.status = QString();
    world.lists->work[u"one"_s] = PbsListing<PbsTaskFacts> { { runs, bad, good }, true, {} };
    const auto answer = run(world, { u"pbs"_s, u"tasks"_s, u"one"_s });
    QCOMPARE(answer.text,
        u"critical: 3 tasks on 1 backup servers\n"
        "SOURCE  STARTED               ENDED                 STATE    TYPE    SUBJECT    USER      MESSAGE\n"
        "one     2026-11-18T10:50:00Z  -                     running  backup  tank:vm/1  root@pam\n"
        "one     2026-11-18T10:50:00Z  2026-11-18T11:00:00Z  failed   backup  tank:vm/1  root@pam  "
        "connection\\nlost\n"
        "one     2026-11-18T10:50:00Z  2026-11-18T11:00:00Z  ok       backup  tank:vm/1  root@pam  OK\n"
        "critical: one: backup tank:vm/1 of 2026-11-18T10:50:00Z: connection\\nlost\n"_s);
}

void tst_Commands::taskFilter()
{
    test::CtlWorld world;
    world.file->fleet.sources = { pbs(u"one"_s) };
    QCOMPARE(run(world, { u"pbs"_s, u"tasks"_s }).level, Level::Ok);
    PbsTaskFilter expected;
    expected.since = Instant::fromSeconds(1'795'000'000 - 86400);
    QVERIFY(world.lists->filter == expected);
    QCOMPARE(
        run(world, { u"pbs"_s, u"tasks"_s, u"--since=2h"_s, u"--trouble"_s, u"--limit"_s, u"0"_s }).level,
        Level::Ok);
    expected.since = Instant::fromSeconds(1'795'000'000 - 7200);
    expected.onlyTrouble = true;
    expected.limit = 0;
    QVERIFY(world.lists->filter == expected);
}

void tst_Commands::labCodes_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("level");
    const auto row = [](const char *name, const QString &verb, int code, int level) {
        QTest::newRow(name) << verb << code << level;
    };
    row("up", u"up"_s, 0, 0);
    row("up failed", u"up"_s, 1, 2);
    row("another one at work", u"up"_s, 4, 3);
    row("down", u"down"_s, 0, 0);
    row("no lab there", u"down"_s, 3, 3);
    row("all runs", u"status"_s, 0, 0);
    row("some stopped", u"status"_s, 1, 1);
    row("some broken", u"status"_s, 2, 2);
    row("status of no lab", u"status"_s, 3, 3);
}

void tst_Commands::labCodes()
{
    QFETCH(QString, verb);
    QFETCH(int, code);
    QFETCH(int, level);
    test::CtlWorld world;
    world.lab->end
        = { code, u"one\ntwo\n"_s, code == 0 ? QString() : u"tidemark-lab: why [lab.x]\nusage\n"_s };
    const auto answer = run(world, { u"lab"_s, verb, u"/tmp/l"_s });
    QCOMPARE(static_cast<int>(answer.level), level);
    QCOMPARE(answer.text, u"one\ntwo\n"_s);
    QCOMPARE(answer.error, code == 0 ? QString() : u"why [lab.x]"_s);
}

void tst_Commands::labPassesHostileFolders()
{
    test::CtlWorld world;
    QCOMPARE(run(world, { u"lab"_s, u"status"_s, u"--"_s, u"-rf $(x) \"y"_s }).level, Level::Ok);
    QCOMPARE(world.lab->asked, (QStringList { u"status"_s, u"--"_s, u"-rf $(x) \"y"_s }));
}

void tst_Commands::jsonOfErrors()
{
    test::CtlWorld world;
    world.file->error
        = Error { ErrorKind::Invalid, u"fleet.invalid"_s, u"line 1, column 1: a\nline 2, column 1: b"_s };
    const auto answer = run(world, { u"servers"_s, u"--json"_s, u"--fleet"_s, u"f"_s });
    QCOMPARE(QJsonDocument::fromJson(answer.text.toUtf8()).object(),
        (QJsonObject { { u"status"_s, u"unknown"_s },
            { u"error"_s,
                QJsonObject {
                    { u"code"_s, u"fleet.invalid"_s }, { u"detail"_s, u"f: line 1, column 1: a"_s } } } }));
}

// A whole snapshot of the cluster "c", and newer dumps of one database each.
static std::vector<Artifact> snapshotAndParts()
{
    std::vector<Artifact> made(3);
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i].id = made[i].stamp = u"%1:%1:vm/%1/2026"_s.arg(i);
        made[i].cluster = u"c"_s;
        made[i].kind = i == 0 ? ArtifactKind::VmSnapshot : ArtifactKind::Dump;
        made[i].database = i == 0 ? QString() : made[i].id;
        made[i].stop = Instant::fromSeconds(test::Now - 9000 + qint64(i));
    }
    made.back().stop = Instant::fromSeconds(test::Now - 9600); // so that not all databases are newer
    return made;
}

// Every key of an answer, "servers[].facts.version".
static void keysOf(const QJsonValue &value, const QString &path, QSet<QString> &keys)
{
    if (value.isArray()) {
        for (const auto &item : value.toArray())
            keysOf(item, path + u"[]"_s, keys);
        return;
    }
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString key = path.isEmpty() ? it.key() : path + u'.' + it.key();
        keys << key;
        keysOf(it.value(), key, keys);
    }
}

static QSet<QString> documentedKeys(const QString &command)
{
    QFile file(u"" TIDEMARK_SOURCE_DIR "/docs/tidemarkctl.md"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString section = QString::fromUtf8(file.readAll())
                                .section(u"### "_s + command + u'\n', 1)
                                .section(u"\n### "_s, 0, 0);
    QSet<QString> keys;
    for (const QString &line : section.split(u'\n')) {
        if (line.startsWith("| `"_L1))
            keys << line.section(u'`', 1, 1);
    }
    return keys;
}

// A damaged segment, and for the check one that is missing, so that everything has something to tell.
static QStringList walOperands(const QString &command)
{
    const QString corpus = u"" TIDEMARK_TEST_DATA "/wal"_s;
    const QStringList paths { corpus + u"/16/damage/bitflip"_s, corpus + u"/16/accidents/wal"_s };
    if (command == "wal check"_L1)
        return { paths[0], corpus + u"/17/crash/wal/00000001000000000000000B.gz"_s };
    if (command == "wal before"_L1)
        return QStringList { u"--lsn"_s, u"0/620000"_s } + paths;
    return command == "wal events"_L1 ? QStringList { u"--all"_s } + paths : paths;
}

void tst_Commands::jsonKeysAreDocumented()
{
    test::CtlWorld world;
    world.hosts = makeHostReaders();
    world.file->remarks.problems = { { 1, 1, u"a"_s, u"b"_s } };
    world.file->fleet.clusters = { cluster(u"a"_s), cluster(u"b"_s), cluster(u"c"_s) };
    world.file->fleet.sources = { pbs(u"one"_s) };
    ServerFacts lacking = healthy();
    lacking.timeline = TimelineId { 1 };
    lacking.currentLsn = Lsn { 41ULL << 24 };
    lacking.missing = { { u"sizes"_s, u"GRANT"_s } };
    world.servers->byService[u"a"_s] = lacking;
    world.servers->byService[u"b"_s] = tl::unexpected(unreachable());
    world.lists->stores[u"one"_s]
        = PbsListing<DatastoreFacts> { { { .name = u"t"_s, .error = u"x"_s } }, true, {} };
    world.lists->backups[u"one"_s] = PbsListing<PbsSnapshotFacts> { { backup(u"vm/1"_s, 0) }, false, {} };
    world.lists->work[u"one"_s] = PbsListing<PbsTaskFacts> { { {} }, false, {} };
    world.scans[u"one"_s] = test::tellingScan();
    world.scans[u"one"_s]->artifacts.push_back({ .id = u"cut"_s, .state = ArtifactState::Damaged });
    for (const Artifact &artifact : snapshotAndParts())
        world.scans[u"one"_s]->artifacts.push_back(artifact);
    world.file->fleet.clusters.front().objectives.rpo = std::chrono::minutes(1);
    world.file->fleet.sources.front().clusters = { u"a"_s, u"c"_s };
    test::planRuns(world);
    world.files->files[u"a"_s] = procedureJson(test::shortProcedure());
    for (const ctl::Command &command : ctl::commands()) {
        world.journal->kept[u"a"_s] = std::make_shared<SessionRecord>(
            SessionRecord { u"a"_s, test::shortProcedure(), {}, false, {} });
        if (command.name == u"session undo") {
            SessionRecord &over = *world.journal->kept[u"a"_s];
            over.procedure.steps[0].undo = u"true"_s;
            SessionEvent event;
            event.kind = SessionEvent::Kind::StepBegan;
            event.step = u"copy"_s;
            over.events = { event };
            event.kind = SessionEvent::Kind::StepEnded;
            over.events.push_back(event);
        }
        QStringList line = command.name.split(u' ') + QStringList { u"--json"_s };
        if (command.name.startsWith("wal "_L1))
            line << walOperands(command.name);
        else
            line << QStringList(qsizetype(command.least), u"a"_s);
        if (command.name == u"instant")
            line << u"--how"_s;
        if (command.name == u"recover plan")
            line << QStringList { u"--cluster"_s, u"a"_s, u"--to"_s, u"0/1000"_s, u"--into"_s, u"/x"_s };
        QSet<QString> keys;
        keysOf(QJsonDocument::fromJson(run(world, line).text.toUtf8()).object(), {}, keys);
        QStringList told = keys.values();
        QStringList documented = documentedKeys(command.name).values();
        told.sort();
        documented.sort();
        QVERIFY2(told == documented,
            qPrintable(
                u"%1: told %2; documented %3"_s.arg(command.name, told.join(u' '), documented.join(u' '))));
    }
}

void tst_Commands::hostileNamesStayOnTheirLine()
{
    test::CtlWorld world;
    const QString name = u"a\nok: all is well\x1b[1A\u202e"_s;
    world.file->fleet.clusters = { cluster(name) };
    world.servers->byService[name]
        = tl::unexpected(Error { ErrorKind::Internal, u"pg.x"_s, u"\r\x1b[2Jok"_s });
    const QString text = run(world, { u"servers"_s }).text;
    QCOMPARE(text.count(u'\n'), 4);
    for (const QChar bad : { QChar(0x1b), QChar(u'\r'), QChar(0x202e) })
        QVERIFY(!text.contains(bad));
}

QTEST_GUILESS_MAIN(tst_Commands)
#include "tst_commands.moc"
