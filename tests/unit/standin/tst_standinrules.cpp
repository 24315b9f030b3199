#include "standin/authentication.h"
#include "standin/privileges.h"
#include "standin/schema.h"
#include "standin/seedlab.h"
#include "standin/taskbook.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace tidemark::standin;
using namespace Qt::StringLiterals;

// The rules without a server: permissions, parameters, tickets, task ids, the state file.
class TestStandinRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rights_data();
    void rights();
    void parameters_data();
    void parameters();
    void jsonIsStrict();
    void tickets();
    void codesWorkOnce();
    void workerIds_data();
    void workerIds();
    void stateComesBackWhole();
    void seedIsTheSameEachTime();
};

static State people()
{
    State state;
    for (const QString &id : { u"root@pam"_s, u"ann@pbs"_s, u"bob@pbs"_s })
        addUser(state, id, "password");
    addToken(state, u"ann@pbs!t"_s, "secret");
    addToken(state, u"root@pam!t"_s, "secret");
    state.acl = { { u"/datastore"_s, u"ann@pbs"_s, u"DatastoreAdmin"_s, true },
        { u"/datastore/secret"_s, u"ann@pbs"_s, u"NoAccess"_s, true },
        { u"/datastore/one"_s, u"ann@pbs!t"_s, u"DatastoreAudit"_s, true },
        { u"/datastore/one"_s, u"ann@pbs!t"_s, u"DatastoreReader"_s, false },
        { u"/datastore/two/prod"_s, u"bob@pbs"_s, u"DatastoreBackup"_s, true },
        { u"/system"_s, u"ann@pbs!t"_s, u"Admin"_s, true } };
    return state;
}

void TestStandinRules::rights_data()
{
    QTest::addColumn<QString>("authId");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("privilege");
    QTest::addColumn<bool>("may");
    QTest::newRow("root may all") << u"root@pam"_s << u"/x"_s << u"Sys.Modify"_s << true;
    QTest::newRow("root's token may nothing") << u"root@pam!t"_s << u"/"_s << u"Sys.Audit"_s << false;
    QTest::newRow("inherited") << u"ann@pbs"_s << u"/datastore/one/a/b"_s << u"Datastore.Prune"_s << true;
    QTest::newRow("cancelled below") << u"ann@pbs"_s << u"/datastore/secret"_s << u"Datastore.Audit"_s
                                     << false;
    QTest::newRow("token has its own")
        << u"ann@pbs!t"_s << u"/datastore/one"_s << u"Datastore.Read"_s << true;
    QTest::newRow("not propagated") << u"ann@pbs!t"_s << u"/datastore/one/ns"_s << u"Datastore.Read"_s
                                    << false;
    QTest::newRow("propagated") << u"ann@pbs!t"_s << u"/datastore/one/ns"_s << u"Datastore.Audit"_s << true;
    QTest::newRow("token without entry")
        << u"ann@pbs!t"_s << u"/datastore/two"_s << u"Datastore.Audit"_s << false;
    QTest::newRow("token never above its user") << u"ann@pbs!t"_s << u"/system"_s << u"Sys.Audit"_s << false;
    QTest::newRow("not above a namespace")
        << u"bob@pbs"_s << u"/datastore/two"_s << u"Datastore.Backup"_s << false;
}

void TestStandinRules::rights()
{
    QFETCH(QString, authId);
    QFETCH(QString, path);
    QFETCH(QString, privilege);
    QFETCH(bool, may);
    QCOMPARE(mayAny(people(), authId, path, { privilege }), may);
}

void TestStandinRules::parameters_data()
{
    QTest::addColumn<QString>("value"); // name=value
    QTest::addColumn<QString>("error");
    const auto verbatim = u""_s;
    QTest::newRow("fine") << u"store=pbs01"_s << verbatim;
    QTest::newRow("too short") << u"store=ab"_s << u"value must be at least 3 characters long"_s;
    QTest::newRow("too long") << u"store="_s + QString(33, u'a') << u"value may only be 32 characters long"_s;
    QTest::newRow("a shell in it") << u"store=$(reboot)"_s << u"value does not match the regex pattern"_s;
    QTest::newRow("a line end") << u"store=abc\n"_s << u"value does not match the regex pattern"_s;
    QTest::newRow("leading dash") << u"store=-abc"_s << u"value does not match the regex pattern"_s;
    QTest::newRow("umlaut") << u"store=gr\u00fcn"_s << u"value does not match the regex pattern"_s;
    QTest::newRow("no number") << u"keep=x"_s << u"invalid digit found in string"_s;
    QTest::newRow("empty number") << u"keep="_s << u"cannot parse integer from empty string"_s;
    QTest::newRow("huge number") << u"keep=99999999999999999999"_s
                                 << u"number too large to fit in target type"_s;
    QTest::newRow("zero") << u"keep=0"_s << u"value must have a minimum value of 1 (got 0)"_s;
    QTest::newRow("too deep") << u"depth=8"_s << u"value must have a maximum value of 7 (got 8)"_s;
    QTest::newRow("on") << u"flag=On"_s << verbatim;
    QTest::newRow("maybe") << u"flag=maybe"_s << u"Unable to parse boolean option."_s;
    QTest::newRow("word") << u"word=c"_s << u"value 'c' is not defined in the enumeration."_s;
    QTest::newRow("unknown") << u"nosuch=1"_s << u"schema does not allow additional properties."_s;
    QTest::newRow("cache buster") << u"_dc=1"_s << verbatim;
    QTest::newRow("schedule") << u"when=mon..fri 21:30"_s << verbatim;
    QTest::newRow("bad schedule") << u"when=every tuesday"_s
                                  << u"unable to parse calendar event at 'every' - Context(\"weekday\")"_s;
}

void TestStandinRules::parameters()
{
    QFETCH(QString, value);
    QFETCH(QString, error);
    const Schema schema
        = Schema::parse(u"store:store keep:keep depth:depth flag:bool word:{a|b} when:schedule"_s);
    const auto result = verifyTexts(schema, { { value.section(u'=', 0, 0), value.section(u'=', 1) } });
    QCOMPARE(result.errors.isEmpty() ? QString() : result.errors.first().second, error);
}

void TestStandinRules::jsonIsStrict()
{
    const Schema schema = Schema::parse(u"keep:keep flag:bool list:[]{a|b} need*:id"_s);
    const auto given = QJsonDocument::fromJson(R"({"keep":"3","flag":1,"list":["a","x"]})").object();
    QStringList errors;
    for (const auto &[name, text] : verifyJson(schema, given, {}).errors)
        errors.append(name + u": "_s + text);
    QCOMPARE(errors.join(u'\n'),
        u"flag: Expected boolean value.\nkeep: Expected integer value.\n"
        u"list: value 'x' is not defined in the enumeration.\nneed: parameter is missing and it is not optional."_s);
}

void TestStandinRules::tickets()
{
    State state = people();
    state.key = "key";
    const qint64 now = 1'795'000'000;
    const QString ticket = makeTicket(state, u"ann@pbs"_s, now);
    const auto check = [&](const QString &t, qint64 at) {
        const auto result = checkTicket(state, t, at, TicketLifetime);
        return result ? *result : result.error();
    };
    QCOMPARE(check(ticket, now), u"ann@pbs"_s);
    QCOMPARE(check(ticket, now + 7200), u"ann@pbs"_s);
    QCOMPARE(check(ticket, now + 7201), u"invalid ticket - expired"_s);
    QCOMPARE(check(ticket, now - 300), u"ann@pbs"_s);
    QCOMPARE(check(ticket, now - 301), u"invalid ticket - timestamp newer than expected"_s);
    QCOMPARE(check(QString(ticket).replace(u"ann"_s, u"bob"_s), now), u"ticket with invalid signature"_s);
    QCOMPARE(check(u"rubbish"_s, now), u"ticket without data"_s);
    QCOMPARE(check({}, now), u"ticket without data"_s);
    const QString partial = makeTicket(state, u"!tfa!{}"_s, now, u"ann@pbs"_s);
    QVERIFY(checkTicket(state, partial, now, ChallengeLifetime, u"ann@pbs"_s));
    QVERIFY(!checkTicket(state, partial, now, ChallengeLifetime, u"bob@pbs"_s));
    QVERIFY(!checkTicket(state, partial, now + 601, ChallengeLifetime, u"ann@pbs"_s));
}

void TestStandinRules::codesWorkOnce()
{
    // RFC 6238, appendix B, at 59 s, the last six digits.
    QCOMPARE(totpCode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1), u"287082"_s);
    User user;
    user.totp.append({ u"id"_s, u"phone"_s, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 0, 0 });
    QVERIFY(takeTotp(user, u"287082"_s, 59));
    QVERIFY(!takeTotp(user, u"287082"_s, 59));
    QVERIFY(!takeTotp(user, u"000000"_s, 59));
}

void TestStandinRules::workerIds_data()
{
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("escaped");
    QTest::newRow("path") << u"pbs01:/host/proj-dp01/6AE6AEB4"_s
                          << u"pbs01\\x3a-host-proj\\x2ddp01-6AE6AEB4"_s;
    QTest::newRow("leading dot") << u".a.b"_s << u"\\x2ea.b"_s;
    QTest::newRow("umlaut") << u"\u00fc"_s << u"\\xc3\\xbc"_s;
    QTest::newRow("nothing") << u""_s << u""_s;
}

void TestStandinRules::workerIds()
{
    QFETCH(QString, plain);
    QFETCH(QString, escaped);
    QCOMPARE(escapeWorkerId(plain), escaped);
    QCOMPARE(unescapeWorkerId(escaped), plain);
}

static State lab()
{
    State state;
    state.key = QByteArray("\0\xff binary", 9);
    seedLab(state, { "token", "password", "JBSWY3DPEHPK3PXP" }, 1'795'182'000);
    return state;
}

void TestStandinRules::stateComesBackWhole()
{
    const State state = lab();
    const auto again = stateFromJson(QJsonDocument::fromJson(QJsonDocument(toJson(state)).toJson()).object());
    QVERIFY(again);
    QVERIFY(*again == state);
    QVERIFY(!stateFromJson({}));
}

void TestStandinRules::seedIsTheSameEachTime()
{
    const State state = lab();
    qint64 snapshots = 0;
    qint64 failed = 0;
    qint64 never = 0;
    qint64 unfinished = 0;
    for (const auto &[name, store] : state.stores)
        for (const auto &[ns, groups] : store.namespaces)
            for (const auto &[path, group] : groups)
                for (const auto &[time, snapshot] : group.snapshots) {
                    ++snapshots;
                    failed += snapshot.verification && snapshot.verification->state == u"failed" ? 1 : 0;
                    never += snapshot.verification ? 0 : 1;
                    unfinished += snapshot.finished() ? 0 : 1;
                }
    QVERIFY(snapshots > 200);
    QCOMPARE(failed, 2);
    QCOMPARE(unfinished, 1);
    QVERIFY(never > 10 && never < snapshots);
    State second = lab();
    // Two tokens have secrets nobody is told.
    for (const QString &id : { u"pve@pbs"_s, u"hosts@pbs"_s })
        second.users[id] = state.users.at(id);
    QVERIFY(second == state);
}

QTEST_GUILESS_MAIN(TestStandinRules)
#include "tst_standinrules.moc"
