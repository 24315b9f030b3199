#include "secrets/secrets.h"
#include "support/settle.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestKeychainAbsent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRequestSaysSo();
    void whatIsGivenHoldsForTheSession();
};

void TestKeychainAbsent::everyRequestSaysSo()
{
    const auto store = makeKeychainSecretStore();
    const QByteArray code = "secrets.no-keychain:";
    for (const QString &name : { u"locked-away"_s, u"never there"_s }) {
        QCOMPARE(test::wordsOf(test::settle(store->read(name, {}))).left(code.size()), code);
        QCOMPARE(test::wordsOf(test::settle(store->write(name, Secret("x"), {}))).left(code.size()), code);
        QCOMPARE(test::wordsOf(test::settle(store->write(name, Secret("\xff"), {}))).left(code.size()), code);
        QCOMPARE(test::wordsOf(test::settle(store->remove(name, {}))).left(code.size()), code);
    }
    const auto answer = test::settle(store->read(u"locked-away"_s, {}));
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().kind, ErrorKind::Unreachable);
}

void TestKeychainAbsent::whatIsGivenHoldsForTheSession()
{
    const auto store = makeComposedSecretStore(
        { .session = makeSessionSecretStore(), .keychain = makeKeychainSecretStore() });
    const QByteArray code = "secrets.no-keychain:";
    QCOMPARE(test::wordsOf(test::settle(store->write(u"a"_s, Secret("given"), {}))).left(code.size()), code);
    const auto answer = test::settle(store->read(u"a"_s, {}));
    QVERIFY(answer && *answer);
    QCOMPARE((*answer)->reveal(), "given");
}

QTEST_GUILESS_MAIN(TestKeychainAbsent)
#include "tst_keychain_absent.moc"
