#include "pbs/endpoint.h"
#include "pbs/rights.h"
#include "pbs/tasks.h"
#include "pbs/totp.h"
#include "pbs/upid.h"
#include "pbs/version.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::pbs;
using namespace Qt::StringLiterals;

// The server's small languages: task names, end states, codes, versions, addresses, rights.
class TestPbsWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTaskNameIsTakenApartAndPutTogether_data();
    void aTaskNameIsTakenApartAndPutTogether();
    void whatIsNoTaskNameIsRefused_data();
    void whatIsNoTaskNameIsRefused();
    void anyIdSurvivesEscaping_data();
    void anyIdSurvivesEscaping();
    void theEndOfATask_data();
    void theEndOfATask();
    void theCodesOfRfc6238_data();
    void theCodesOfRfc6238();
    void aSeedIsReadInItsForms();
    void aBadSeedIsRefusedWithoutBeingShown();
    void versionsCompareByNumber();
    void addressesGetTheirPort_data();
    void addressesGetTheirPort();
    void badAddressesAreRefused_data();
    void badAddressesAreRefused();
    void fingerprintsHaveOneForm();
    void rightsReachDownUnlessToldOtherwise();
    void aGrantIsQuotedForAShell();
};

void TestPbsWords::aTaskNameIsTakenApartAndPutTogether_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("who");
    QTest::newRow("verify of a snapshot")
        << uR"(UPID:vm:00000648:00043B16:0000018B:6B00324E:verify_snapshot:pbs01\x3a-host-proj\x2ddp01-6AE6AEB4:console@pbs!console:)"_s
        << u"verify_snapshot"_s << u"pbs01:/host/proj-dp01/6AE6AEB4"_s << u"console@pbs!console"_s;
    QTest::newRow("sync job without remote")
        << uR"(UPID:vm:00000648:00043B16:000001A1:6B003315:syncjob:\x2d\x3apbs01\x3apbs02\x3a\x3apull\x2dlocal:root@pam:)"_s
        << u"syncjob"_s << u"-:pbs01:pbs02::pull-local"_s << u"root@pam"_s;
    QTest::newRow("no id, long start tick")
        << u"UPID:pbs-1:0000A1B2:1FFFFFFFF:00000000:6B003315:aptupdate::root@pam:"_s << u"aptupdate"_s
        << QString() << u"root@pam"_s;
}

void TestPbsWords::aTaskNameIsTakenApartAndPutTogether()
{
    QFETCH(QString, text);
    const auto upid = Upid::parse(text);
    QVERIFY(upid);
    QTEST(upid->type, "type");
    QTEST(upid->workerId, "id");
    QTEST(upid->authId, "who");
    QCOMPARE(upid->format(), text);
}

void TestPbsWords::whatIsNoTaskNameIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("of PVE, without a task id")
        << u"UPID:pve:0000A1B2:0FFFFFFF:6B003315:qmrestore:100:root@pam:"_s;
    QTest::newRow("no colon at the end") << u"UPID:vm:00000648:00043B16:000001A1:6B003315:sync:x:root@pam"_s;
    QTest::newRow("a line after it") << u"UPID:vm:00000648:00043B16:000001A1:6B003315:sync:x:root@pam:\n"_s;
    QTest::newRow("half an escape")
        << uR"(UPID:vm:00000648:00043B16:000001A1:6B003315:sync:a\x3:root@pam:)"_s;
    QTest::newRow("not hex") << u"UPID:vm:0000064G:00043B16:000001A1:6B003315:sync:x:root@pam:"_s;
}

void TestPbsWords::whatIsNoTaskNameIsRefused()
{
    QFETCH(QString, text);
    QVERIFY(!Upid::parse(text));
}

void TestPbsWords::anyIdSurvivesEscaping_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("escaped");
    QTest::newRow("group") << u"pbs01:host/proj-pg01"_s << uR"(pbs01\x3ahost-proj\x2dpg01)"_s;
    QTest::newRow("leading dot") << u".hidden.x"_s << uR"(\x2ehidden.x)"_s;
    QTest::newRow("hostile") << u"a b\n$(rm)'\""_s << uR"(a\x20b\x0a\x24\x28rm\x29\x27\x22)"_s;
    QTest::newRow("Unicode") << u"Prüfung"_s << uR"(Pr\xc3\xbcfung)"_s;
    QTest::newRow("backslash") << uR"(a\b)"_s << uR"(a\x5cb)"_s;
}

void TestPbsWords::anyIdSurvivesEscaping()
{
    QFETCH(QString, id);
    QFETCH(QString, escaped);
    QCOMPARE(escapeWorkerId(id), escaped);
    QCOMPARE(unescapeWorkerId(escaped), std::optional(id));
}

void TestPbsWords::theEndOfATask_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::newRow("ok") << u"OK"_s << 0;
    QTest::newRow("warnings") << u"WARNINGS: 12"_s << 1;
    QTest::newRow("warnings without a number") << u"WARNINGS: many"_s << 2;
    QTest::newRow("an error that begins like OK") << u"OK but not quite"_s << 2;
    QTest::newRow("an error") << u"abort requested - aborting task"_s << 2;
    QTest::newRow("unknown") << u"unknown"_s << 3;
}

void TestPbsWords::theEndOfATask()
{
    QFETCH(QString, text);
    const TaskEnd end = taskEnd(text);
    QTEST(static_cast<int>(end.index()), "kind");
    QCOMPARE(words(end), text);
}

void TestPbsWords::theCodesOfRfc6238_data()
{
    using Hash = TotpSeed::Hash;
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<int>("hash");
    QTest::addColumn<QByteArray>("code");
    const struct {
        qint64 seconds;
        const char *sha1, *sha256, *sha512;
    } rows[]
        = { { 59, "94287082", "46119246", "90693936" }, { 1111111109, "07081804", "68084774", "25091201" },
              { 1111111111, "14050471", "67062674", "99943326" },
              { 1234567890, "89005924", "91819424", "93441116" },
              { 2000000000, "69279037", "90698825", "38618901" },
              { 20000000000, "65353130", "77737706", "47863826" } };
    for (const auto &row : rows) {
        const QByteArray at = QByteArray::number(row.seconds);
        QTest::newRow(("SHA-1 at " + at).constData())
            << row.seconds << int(Hash::Sha1) << QByteArray(row.sha1);
        QTest::newRow(("SHA-256 at " + at).constData())
            << row.seconds << int(Hash::Sha256) << QByteArray(row.sha256);
        QTest::newRow(("SHA-512 at " + at).constData())
            << row.seconds << int(Hash::Sha512) << QByteArray(row.sha512);
    }
}

void TestPbsWords::theCodesOfRfc6238()
{
    QFETCH(qint64, seconds);
    QFETCH(int, hash);
    const QByteArray digits = "1234567890123456789012345678901234567890123456789012345678901234";
    const qsizetype sizes[] = { 20, 32, 64 };
    const TotpSeed seed { Secret(digits.left(sizes[hash])), static_cast<TotpSeed::Hash>(hash), 8, {} };
    TotpSeed timed = seed;
    timed.period = std::chrono::seconds(30);
    QTEST(timed.code(timed.step(Instant::fromSeconds(seconds))), "code");
}

void TestPbsWords::aSeedIsReadInItsForms()
{
    const QByteArray key = "12345678901234567890";
    for (const char *text : { "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "gezd gnbv gy3t qojq gezd gnbv gy3t qojq\n",
             "otpauth://totp/PBS:tfa%40pbs?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=PBS" }) {
        const auto seed = TotpSeed::parse(Secret(text));
        QVERIFY2(seed, text);
        QCOMPARE(seed->key.reveal(), key);
        QCOMPARE(seed->code(seed->step(Instant::fromSeconds(59))), QByteArray("287082"));
    }
    const auto eight = TotpSeed::parse(
        Secret("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8&algorithm=SHA1&period=60"));
    QCOMPARE(eight->code(1), QByteArray("94287082"));
    QCOMPARE(eight->step(Instant::fromSeconds(119)), qint64(1));
}

void TestPbsWords::aBadSeedIsRefusedWithoutBeingShown()
{
    for (const char *text :
        { "", "not base32!", "otpauth://totp/x?secret=", "otpauth://totp/x?secret=GEZDGNBV&digits=99",
            "otpauth://totp/x?secret=GEZDGNBV&algorithm=MD5", "otpauth://totp/x?secret=GEZDGNBV&period=0" }) {
        const auto seed = TotpSeed::parse(Secret(text));
        QVERIFY2(!seed, text);
        QCOMPARE(seed.error().code, u"pbs.totp-seed"_s);
        QVERIFY(!seed.error().detail.contains(u"GEZDGNBV"_s) && !seed.error().detail.contains(u"base32!"_s));
    }
}

void TestPbsWords::versionsCompareByNumber()
{
    const auto of = [](const char *version, const char *release) {
        return Version { QString::fromLatin1(version), QString::fromLatin1(release), {} };
    };
    QCOMPARE(of("3.2", "4").text(), u"3.2.4"_s);
    QVERIFY(of("3.10", "1").number() > of("3.9", "12").number());
    QVERIFY(of("4", "").number() == (Release { 4, 0, 0 }));
    QVERIFY(!of("3.2", "14").hasSyncDirection() && of("3.3", "0").hasSyncDirection());
    QVERIFY(!of("2.1", "9").hasNamespaces() && of("2.2", "1").hasNamespaces());
    QVERIFY(!of("3.1", "2").hasPruneAsTask() && of("4.2", "0").hasPruneAsTask());
}

void TestPbsWords::addressesGetTheirPort_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("base");
    QTest::newRow("name") << u"pbs.example"_s << u"https://pbs.example:8007"_s;
    QTest::newRow("name and port") << u" pbs.example:443 "_s << u"https://pbs.example:443"_s;
    QTest::newRow("IPv6") << u"https://[2001:db8::1]"_s << u"https://[2001:db8::1]:8007"_s;
    QTest::newRow("IPv6 and port, no scheme") << u"[::1]:9007"_s << u"https://[::1]:9007"_s;
    QTest::newRow("behind a proxy") << u"https://gate.example/pbs one//"_s.replace(u' ', u"%20"_s)
                                    << u"https://gate.example:8007/pbs%20one"_s;
}

void TestPbsWords::addressesGetTheirPort()
{
    QFETCH(QString, text);
    const auto base = parseBase(text);
    QVERIFY(base);
    QTEST(QString::fromLatin1(base->toEncoded()), "base");
}

void TestPbsWords::badAddressesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : { "", "http://pbs.example:8007", "https://", "https://root:geheim@pbs.example",
             "geheim@pbs.example", "https://pbs.example/?a=b", "https://pbs.example/#x",
             "https://pbs example/", "file:///etc/passwd", "https://pbs.example:99999" })
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestPbsWords::badAddressesAreRefused()
{
    QFETCH(QString, text);
    const auto base = parseBase(text);
    QVERIFY(!base);
    QCOMPARE(base.error().code, u"pbs.url"_s);
    QVERIFY(!base.error().detail.contains(u"geheim"_s));
}

void TestPbsWords::fingerprintsHaveOneForm()
{
    const QString one = QStringList(QList<QString>(32, u"ab"_s)).join(u':');
    QCOMPARE(normalFingerprint(one.toUpper()).value_or(QString()), one);
    QCOMPARE(normalFingerprint(u" "_s + QString(one).remove(u':') + u"\n"_s).value_or(QString()), one);
    QCOMPARE(normalFingerprint(QString()).value_or(u"?"_s), QString());
    for (const QString &bad : { one.left(50), one + u":ab"_s, one + u'x', u"zz"_s + one.mid(2) })
        QCOMPARE(normalFingerprint(bad).error().code, u"pbs.fingerprint-form"_s);
}

void TestPbsWords::rightsReachDownUnlessToldOtherwise()
{
    const QString audit = u"Datastore.Audit"_s;
    const Permissions all { { { u"/"_s, { { audit, true } } } } };
    QVERIFY(holds(all, u"/datastore/pbs01/prod"_s, audit) && holdsBelow(all, u"/datastore"_s, audit));
    const Permissions here { { { u"/datastore"_s, { { audit, false } } } } };
    QVERIFY(holds(here, u"/datastore"_s, audit));
    QVERIFY(!holds(here, u"/datastore/pbs01"_s, audit) && !holdsBelow(here, u"/datastore"_s, audit));
    const Permissions hole { { { u"/datastore"_s, { { audit, true } } },
        { u"/datastore/pbs01/secret"_s, { { u"Datastore.Backup"_s, true } } } } };
    QVERIFY(holds(hole, u"/datastore/pbs01"_s, audit) && !holds(hole, u"/datastore/pbs01/secret/x"_s, audit));
    QVERIFY(
        !holdsBelow(hole, u"/datastore/pbs01"_s, audit) && holdsBelow(hole, u"/datastore/pbs02"_s, audit));
    const Permissions both { { { u"/"_s, { { audit, true } } }, { u"/datastore"_s, { { audit, false } } } } };
    QVERIFY(holds(both, u"/datastore/pbs01"_s, audit));
    QVERIFY(!holds(Permissions(), u"/"_s, audit));
}

void TestPbsWords::aGrantIsQuotedForAShell()
{
    const auto right = missingRight(u"x"_s, u"/datastore/a'b"_s, u"DatastoreAudit"_s, u"$(id)@pbs!t"_s);
    QCOMPARE(right.grant,
        uR"(proxmox-backup-manager acl update '/datastore/a'\''b' DatastoreAudit --auth-id '$(id)@pbs!t')"_s);
}

QTEST_GUILESS_MAIN(TestPbsWords)
#include "tst_pbs_words.moc"
