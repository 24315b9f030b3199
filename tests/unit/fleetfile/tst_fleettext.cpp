#include "fleetfile/fleettext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// What the reader says of whole fleet files, line by line.
class tst_FleetText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEveryMistake_data();
    void tellsEveryMistake();
    void acceptsWhatLooksOdd_data();
    void acceptsWhatLooksOdd();
    void repeatsNoSecret();
    void tellsAllAtOnce();
    void warns();
    void rendersWhatItReads();
    void keepsStringsStrings();
};

static QByteArray onOneCluster(const QByteArray &lines)
{
    return "name: f\nclusters:\n  - name: a\n    environment: lab\n" + lines;
}

static QByteArray onOneSource(const QByteArray &lines)
{
    return "name: f\nsources:\n  - name: s\n" + lines;
}

void tst_FleetText::tellsEveryMistake_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("empty file") << QByteArray()
                                << u"line 1, column 1: the file is empty. Begin with \"name:\" and a name."_s;
    QTest::newRow("only comments") << QByteArray(
        "# nothing\n\n") << u"line 1, column 1: the file is empty. Begin with \"name:\" and a name."_s;
    QTest::newRow("not a map")
        << QByteArray("- a\n- b\n")
        << u"line 1, column 1: the file is not a map of keys. Begin with \"name:\" and a name."_s;
    QTest::newRow("only a word") << QByteArray(
        "fleet\n") << u"line 1, column 1: the file is not a map of keys. Begin with \"name:\" and a name."_s;
    QTest::newRow("unknown key, near one")
        << onOneCluster("    enviroment: lab\n")
        << u"line 5, column 5: unknown key \"enviroment\" in the cluster. Did you mean \"environment\"?"_s;
    QTest::newRow("unknown key at the top, swapped letters")
        << QByteArray("name: f\nclutsers: []\n")
        << u"line 2, column 1: unknown key \"clutsers\" in the fleet. Did you mean \"clusters\"?"_s;
    QTest::newRow("unknown key, near none")
        << QByteArray("name: f\ncontacts:\n  - name: c\n    zzzzzz: 1\n")
        << u"line 4, column 5: unknown key \"zzzzzz\" in the contact. Known here: name, role, reach, description."_s;
    QTest::newRow("merge key") << onOneCluster(
        "    <<: {a: b}\n") << u"line 5, column 5: unknown key \"<<\" in the cluster. Write the keys out."_s;
    QTest::newRow("missing name")
        << QByteArray("description: x\n")
        << u"line 1, column 1: the fleet has no \"name\". Add it: what the fleet is called."_s;
    QTest::newRow("repeated key") << QByteArray(
        "name: f\nname: g\n") << u"line 2, column 1: the key \"name\" is there twice. Keep one of them."_s;
    QTest::newRow("two items of one name")
        << QByteArray("name: f\nhosts:\n  - name: h\n  - name: h\n")
        << u"line 4, column 11: a second host is named \"h\". Give each a name of its own."_s;
    QTest::newRow("reference to nothing")
        << onOneCluster("    host: db01\n")
        << u"line 5, column 11: there is no host \"db01\". There is no host in this file yet."_s;
    QTest::newRow("reference, near one")
        << QByteArray("name: f\nhosts:\n  - name: proj-pg01\nclusters:\n  - name: a\n    environment: lab\n"
                      "    host: proj-pg10\n")
        << u"line 7, column 11: there is no host \"proj-pg10\". Did you mean \"proj-pg01\"?"_s;
    QTest::newRow("a source on a host that is not there")
        << onOneSource("    kind: dumps\n    host: valut\n")
        << u"line 5, column 11: there is no host \"valut\". There is no host in this file yet."_s;
    QTest::newRow("reference in a list")
        << onOneSource("    kind: dumps\n    clusters:\n      - b\n")
        << u"line 6, column 9: there is no cluster \"b\". There is no cluster in this file yet."_s;
    QTest::newRow("list where a word is meant")
        << onOneCluster("    tier: [a]\n")
        << u"line 5, column 11: \"tier\" must be a text. Write one value, such as: any text."_s;
    QTest::newRow("word where a list is meant")
        << onOneCluster("    databases: shop\n")
        << u"line 5, column 16: \"databases\" must be a list. Write \"- \" before each, or [a, b]."_s;
    QTest::newRow("word where a map is meant")
        << onOneCluster("    objectives: fast\n")
        << u"line 5, column 17: \"objectives\" must be a map of keys. Write \"key: value\" lines below it."_s;
    QTest::newRow("map where a list of items is meant")
        << QByteArray("name: f\nclusters:\n  a:\n    tier: x\n")
        << u"line 3, column 3: \"clusters\" must be a list. Write \"- \" before each, or [a, b]."_s;
    QTest::newRow("no value") << onOneCluster(
        "    tier:\n") << u"line 5, column 10: \"tier\" has no value. Give it one or remove the key."_s;
    QTest::newRow("unknown word")
        << QByteArray("name: f\nclusters:\n  - name: a\n    environment: prodction\n")
        << u"line 4, column 18: \"prodction\" is no environment. Did you mean \"production\"?"_s;
    QTest::newRow("unknown kind")
        << onOneSource("    kind: pgbackrset\n")
        << u"line 4, column 11: \"pgbackrset\" is no kind. Did you mean \"pgbackrest\"?"_s;
    QTest::newRow("duration without unit")
        << onOneCluster("    objectives: {rpo: 15}\n")
        << u"line 5, column 23: \"15\" is not a duration. Add a unit: s, min, h, d, w, months or y."_s;
    QTest::newRow("duration in words")
        << onOneCluster("    objectives: {rto: fast}\n")
        << u"line 5, column 23: \"fast\" is not a duration. Write it like 15 min, 4 h, 30 d or 1 y."_s;
    QTest::newRow("size")
        << onOneCluster("    size_to: 10 gigs\n")
        << u"line 5, column 14: \"10 gigs\" is not a size. Write it like 512 MiB or 4 TB."_s;
    QTest::newRow("percentage") << onOneSource("    kind: other\n    max_used: 180%\n")
                                << u"line 5, column 15: \"180%\" is not a percentage. Write it like 99.9%."_s;
    QTest::newRow("zone")
        << QByteArray("name: f\nschedules:\n  - {name: s, kind: full, when: daily, zone: CEST}\n")
        << u"line 3, column 46: \"CEST\" is not a time zone. Write an IANA name such as Europe/Berlin, or UTC."_s;
    QTest::newRow("port") << onOneCluster("    connect: {port: 99999}\n")
                          << u"line 5, column 21: \"99999\" is not a port. Write a number from 1 to 65535."_s;
    QTest::newRow("address")
        << onOneSource("    kind: pbs\n    url: pbs01:8007\n")
        << u"line 5, column 10: \"pbs01:8007\" is not an https address. Write it like https://pbs01.example.org:8007."_s;
    QTest::newRow("fingerprint")
        << onOneSource("    kind: pbs\n    url: https://p\n    fingerprint: aa:bb\n")
        << u"line 6, column 18: \"aa:bb\" is not a SHA-256 fingerprint. Copy all 32 pairs joined by colons, as the server shows them."_s;
    QTest::newRow("cron line")
        << QByteArray("name: f\nschedules:\n  - {name: s, kind: full, form: cron, when: 0 25 * * *}\n")
        << u"line 3, column 45: \"0 25 * * *\" is not a time of the form \"cron\". Write five fields, such as 0 2 * * 1-6."_s;
    QTest::newRow("calendar event")
        << QByteArray("name: f\nschedules:\n  - {name: s, kind: full, when: whenever}\n")
        << u"line 3, column 33: \"whenever\" is not a time of the form \"calendar\". Write a calendar event such as 02:00, mon..fri 20:00 or daily."_s;
    QTest::newRow("a minute that does not exist")
        << QByteArray("name: f\nschedules:\n  - {name: s, kind: full, when: '02:61'}\n")
        << u"line 3, column 33: \"02:61\" is not a time of the form \"calendar\": its time cannot be read at \"61\". Write a calendar event such as 02:00, mon..fri 20:00 or daily."_s;
    QTest::newRow("a word too many")
        << QByteArray("name: f\nschedules:\n  - {name: s, kind: full, when: 'mon 02:00 daily'}\n")
        << u"line 3, column 33: \"mon 02:00 daily\" is not a time of the form \"calendar\": its time cannot be read at \"daily\". Write a calendar event such as 02:00, mon..fri 20:00 or daily."_s;
    QTest::newRow("a month that does not exist")
        << QByteArray("name: f\nschedules:\n  - {name: s, kind: full, when: 'sat *-13-01 02:00'}\n")
        << u"line 3, column 33: \"sat *-13-01 02:00\" is not a time of the form \"calendar\": its date cannot be read at \"*-13-01 02:00\". Write a calendar event such as 02:00, mon..fri 20:00 or daily."_s;
    QTest::newRow("schedule without a time")
        << QByteArray("name: f\nschedules:\n  - {name: s, kind: full}\n")
        << u"line 3, column 5: the schedule has no \"when\". Say when, or write form: continuous or manual."_s;
    QTest::newRow("key of another kind of source")
        << onOneSource("    kind: dumps\n    datastore: d\n")
        << u"line 5, column 16: \"datastore\" is for sources of kind pbs, and this one is dumps. Remove it, or correct the kind."_s;
    QTest::newRow("standby of itself")
        << onOneCluster("    standby_of: a\n")
        << u"line 5, column 17: \"standby_of\" names the item itself. Name the one it comes from."_s;
    QTest::newRow("tab") << QByteArray("name: f\nclusters:\n\t- name: a\n")
                         << u"line 3, column 1: tab in the indentation. Indent with spaces."_s;
    QTest::newRow("anchor")
        << QByteArray("name: &a f\ndescription: *a\n")
        << u"line 1, column 7: anchors and aliases are not used here. Write the value out."_s;
    QTest::newRow("tag") << QByteArray("name: !!binary aGVsbG8=\n")
                         << u"line 1, column 7: tags are not used here. Write the value without \"!\"."_s;
    QTest::newRow("two documents")
        << QByteArray("name: f\n---\nname: g\n")
        << u"line 2, column 1: a second document begins. Keep one document in one file."_s;
    QTest::newRow("null byte")
        << QByteArray("name: f\0x\n", 10)
        << u"line 1, column 8: control character in the file. Remove it; in a text write an escape such as \"\\x1b\"."_s;
    QTest::newRow("not UTF-8") << QByteArray("name: f\ndescription: caf\xe9\n")
                               << u"line 2, column 17: the file is not UTF-8 here. Save it as UTF-8."_s;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfen\0a\0", 6)
                            << u"line 1, column 1: the file is UTF-16. Save it as UTF-8."_s;
    QTest::newRow("huge") << ("name: f\n#" + QByteArray(1024 * 1024, 'x'))
                          << u"line 1, column 1: the file is larger than 1 MiB. Is it the right file?"_s;
    QTest::newRow("deep") << ("name: f\ndescription: " + QByteArray(400, '[') + QByteArray(400, ']'))
                          << u"line 2, column 37: nested too deeply. No key needs more than a few levels."_s;
    QTest::newRow("open quote")
        << QByteArray("name: \"f\nhosts: []\n")
        << u"line 1, column 7: the quote that begins here is never closed. Close it on the same line."_s;
    QTest::newRow("key that is a list") << QByteArray("name: f\n? [a]\n: b\n")
                                        << u"line 2, column 3: a key must be a word. Write \"key: value\"."_s;
    QTest::newRow("hostile name")
        << QByteArray("name: \"f\\e[31m\"\n")
        << u"line 1, column 7: the name holds characters that cannot be seen: \"f\\x1b[31m\". Use letters, digits and punctuation."_s;
    QTest::newRow("characters, not bytes, are counted")
        << QByteArray("name: f\ncontacts:\n  - {name: \"Zoë Ćwik\", rôle: x}\n")
        << u"line 3, column 24: unknown key \"rôle\" in the contact. Did you mean \"role\"?"_s;
    QTest::newRow("PBS account for a PBS")
        << onOneSource("    kind: pbs\n    url: https://p\n    user: root\n")
        << u"line 6, column 11: \"root\" is not a PBS user. Write it like backup@pbs."_s;
    QTest::newRow("unknown count")
        << QByteArray("name: f\npromises:\n  - name: p\n    keep: {daily: 7}\n")
        << u"line 4, column 12: unknown key \"daily\" in \"keep\". Known here: keep-last, keep-hourly, keep-daily, keep-weekly, keep-monthly, keep-yearly, full, diff, incr."_s;
}

void tst_FleetText::tellsEveryMistake()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const ReadFleet read = readFleet(text);
    QCOMPARE(problemLines(read.problems), expected);
    QVERIFY(!read.fleet);
}

void tst_FleetText::acceptsWhatLooksOdd_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbfname: f\n");
    QTest::newRow("CRLF") << QByteArray("name: f\r\nhosts:\r\n  - name: h\r\n");
    QTest::newRow("document marks") << QByteArray("---\nname: f\n...\n");
    QTest::newRow("JSON") << QByteArray("{\"name\": \"f\", \"hosts\": [{\"name\": \"h\"}]}");
    QTest::newRow("no line end") << QByteArray("name: f");
    QTest::newRow("empty lists") << QByteArray("name: f\nhosts: []\nclusters: []\n");
    QTest::newRow("quotes, spaces and dollars in names")
        << QByteArray("name: f\nhosts:\n  - name: 'a \"b'' $(touch x) -rf'\n");
}

void tst_FleetText::acceptsWhatLooksOdd()
{
    QFETCH(QByteArray, text);
    QCOMPARE(problemLines(readFleet(text).problems), QString());
}

void tst_FleetText::repeatsNoSecret()
{
    const QByteArray text
        = "name: f\n"
          "clusters:\n"
          "  - name: a\n"
          "    environment: lab\n"
          "    connect: {host: h, password: hunter2}\n"
          "  - name: b\n"
          "    environment: lab\n"
          "    connect: {uri: 'postgresql://u:hunter2@h/d'}\n"
          "  - name: c\n"
          "    environment: lab\n"
          "    connect: {uri: 'postgresql://h/d?user=u&password=hunter2'}\n"
          "    settings: {primary_conninfo: 'host=h password=hunter2', pgpassword: hunter2}\n"
          "sources:\n"
          "  - name: p\n"
          "    kind: pbs\n"
          "    url: https://u:hunter2@p:8007\n"
          "    token_id: u@pbs!t:hunter2\n"
          "    totp_seed: hunter2\n"
          "    api-key: hunter2\n";
    const QString said = problemLines(readFleet(text).problems);
    QVERIFY2(!said.contains("hunter2"_L1), qPrintable(said));
    QStringList lines;
    for (const QString &line : said.split(u'\n'))
        lines << line.section(u',', 0, 0);
    QCOMPARE(lines.join(u' '), u"line 5 line 8 line 11 line 12 line 12 line 16 line 17 line 18 line 19"_s);
}

void tst_FleetText::tellsAllAtOnce()
{
    const QByteArray text
        = "nme: f\nhosts:\n  - name: h\n    sssh: x\nclusters:\n  - name: c\n"
          "    environment: lab\n    host: i\n    objectives: {rpo: soon}\n    objectives: {}\n";
    QCOMPARE(problemLines(readFleet(text).problems),
        u"line 1, column 1: unknown key \"nme\" in the fleet. Did you mean \"name\"?\n"
        "line 1, column 1: the fleet has no \"name\". Add it: what the fleet is called.\n"
        "line 4, column 5: unknown key \"sssh\" in the host. Did you mean \"ssh\"?\n"
        "line 8, column 11: there is no host \"i\". Did you mean \"h\"?\n"
        "line 9, column 23: \"soon\" is not a duration. Write it like 15 min, 4 h, 30 d or 1 y.\n"
        "line 10, column 5: the key \"objectives\" is there twice. Keep one of them."_s);
}

void tst_FleetText::warns()
{
    const QByteArray text = "name: f\nclusters:\n  - name: a\nsources:\n  - name: p\n    kind: pbs\n"
                            "windows:\n  - name: w\n    when: daily\n";
    const ReadFleet read = readFleet(text);
    QVERIFY(read.fleet);
    QCOMPARE(problemLines(read.warnings),
        u"line 3, column 5: the cluster \"a\" has no environment and counts as production. "
        "Add environment: production, test or lab.\n"
        "line 3, column 5: the cluster \"a\" has no connection and cannot be asked. "
        "Add connect: with a service, or host and user.\n"
        "line 5, column 5: the source \"p\" has no url and cannot be asked. Add url: https://host:8007.\n"
        "line 8, column 5: the window \"w\" has no duration. Add how long it is open, such as duration: 2 h."_s);
}

static Fleet everything()
{
    using namespace std::chrono_literals;
    Fleet f;
    f.name = u"Ærø: \"quoted\" #1"_s;
    f.description = u"two\nlines\tand $(date)"_s;
    f.hosts = { { .name = u"no"_s,
        .ssh = u"ssh://u@h:22"_s,
        .runAs = u"postgres"_s,
        .address = u"10.0.0.1"_s,
        .location = u"on"_s,
        .description = u"- dash"_s } };
    Cluster c;
    c.name = u"08"_s;
    c.environment = Environment::Lab;
    c.connect = { .service = u"s"_s,
        .uri = u"postgresql://h/d"_s,
        .host = u"/run/a b"_s,
        .port = 5433,
        .database = u"d'b"_s,
        .user = u"Ünï \"x\""_s,
        .sslMode = u"verify-ca"_s,
        .sslRootCert = u"/c"_s,
        .secret = u"pg/08"_s,
        .passwordCommand = u"pass show 'x' | head -n1"_s,
        .via = u"no"_s };
    c.host = u"no"_s;
    c.dataDirectory = u"/var/lib/x: y"_s;
    c.layout = Layout::Rpm;
    c.systemId = SystemId { 18446744073709551615ULL };
    c.objectives = { .rpo = 0s, .rto = 90min, .proofAge = std::chrono::days(30), .availability = 99.9 };
    c.databases = { u"yes"_s, u"a, b"_s, u"1e3"_s, u"x\ny"_s, u"[z]"_s };
    c.labels = { u"GDPR"_s };
    c.tier = u"~"_s;
    c.replication = Replication::Synchronous;
    c.location = u"null"_s;
    c.sizeFrom = Bytes { 0 };
    c.sizeTo = Bytes { 100'000'000'000 };
    c.settings = { { u"archive_timeout"_s, u"60"_s },
        { u"archive_command"_s, u"test ! -f /a/%f && cp %p /a/%f"_s } };
    c.strategy = u"true"_s;
    Cluster d;
    d.name = u"standby"_s;
    d.standbyOf = u"08"_s;
    f.clusters = { c, d };
    Source s;
    s.name = u"pbs 'one'"_s;
    s.kind = SourceKind::Pbs;
    s.clusters = { u"08"_s, u"standby"_s };
    s.url = u"https://pbs:8007"_s;
    s.datastore = u"store"_s;
    s.nameSpace = u"a/b"_s;
    s.groups = { u"vm/2001"_s };
    s.tokenId = u"b@pbs!t"_s;
    s.secret = u"pbs token"_s;
    s.fingerprint = QStringList(QStringList(32, u"ab"_s)).join(u':');
    s.protects = { u"Active Directory"_s };
    s.options = { u"--compress=6"_s, u"--exclude-table-data=x"_s };
    s.capacity = Bytes { 4'000'000'000'000 };
    s.maxUsed = 80;
    s.retrievalFrom = 1h;
    s.pointInTime = std::chrono::hours(840);
    s.objectives.rto = 4h;
    f.sources = { s, { .name = u"copy"_s, .kind = SourceKind::Other, .copyOf = u"pbs 'one'"_s } };
    f.schedules = { { .name = u"nightly"_s,
                        .kind = u"full"_s,
                        .when = u"02:00"_s,
                        .zone = u"Europe/Berlin"_s,
                        .source = u"copy"_s,
                        .clusters = { u"08"_s },
                        .expectedDuration = 61s },
        { .name = u"w"_s, .kind = u"wal"_s, .form = u"continuous"_s },
        { .name = u"c"_s, .kind = u"gc"_s, .when = u"*/15 0 * * 1-6"_s, .form = u"cron"_s } };
    f.promises = { { .name = u"p"_s,
        .text = u"7 daily"_s,
        .keep = { { u"keep-daily"_s, 7 }, { u"full"_s, 2 } },
        .duration = std::chrono::days(2555),
        .regime = u"SOX"_s,
        .tier = u"cold"_s,
        .covers = { u"x"_s } } };
    f.windows = { { .name = u"w"_s,
        .when = u"Sun 06:00"_s,
        .form = u"first-weekday"_s,
        .duration = 2h,
        .tasks = { u"vacuum"_s } } };
    f.contacts = { { .name = u"dba"_s, .role = u"r"_s, .reach = u"a@b"_s } };
    f.responsibilities = { { .name = u"x"_s, .responsible = { u"dba"_s } } };
    f.scenarios = { { .name = u"site"_s,
        .objectives = { .rto = 24h },
        .downtimeFrom = 1h,
        .downtimeTo = 2h,
        .steps = { u"1. stop"_s, u"2: go"_s } } };
    f.controls = { { .name = u"CIS.11.1"_s, .status = u"compliant"_s, .assessed = u"2025-07-02"_s } };
    return f;
}

void tst_FleetText::rendersWhatItReads()
{
    const QByteArray text = renderFleet(everything());
    const ReadFleet read = readFleet(text);
    QCOMPARE(problemLines(read.problems), QString());
    QVERIFY2(read.fleet == everything(), text.constData());
    QCOMPARE(renderFleet(*read.fleet), text);
}

void tst_FleetText::keepsStringsStrings()
{
    const ReadFleet read
        = readFleet("name: no\ncontacts:\n  - {name: on, role: 08, reach: 1.0, description: 0x1F}\n"
                    "  - {name: '~', role: \"null\", reach: 2026-11-20, description: 1_000}\n");
    QVERIFY(read.fleet);
    const Fleet &f = *read.fleet;
    QCOMPARE(f.name, u"no"_s);
    QCOMPARE(f.contacts,
        (std::vector<Contact> {
            { u"on"_s, u"08"_s, u"1.0"_s, u"0x1F"_s }, { u"~"_s, u"null"_s, u"2026-11-20"_s, u"1_000"_s } }));
}

QTEST_GUILESS_MAIN(tst_FleetText)
#include "tst_fleettext.moc"
