#pragma once

#include "ports/secretstore.h"
#include "support/samplefacts.h"
#include "support/settle.h"

#include <QTest>

namespace tidemark::test {

// What every SecretStore promises.
class SecretStoreContract : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] virtual std::shared_ptr<SecretStore> make() = 0;

private Q_SLOTS:
    void init()
    {
        m_store = make();
        QVERIFY(m_store);
    }
    void cleanup() { m_store.reset(); }

    void whatIsWrittenIsRead_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("a word") << QByteArray("hunter2");
        QTest::newRow("spaces and newlines") << QByteArray(" a\n\tb \n");
        QTest::newRow("Unicode") << QByteArray("pä\xc3\x9f\xf0\x9f\x90\x98");
        QTest::newRow("binary") << QByteArray("\0a\0\xff\xfe", 5);
        QTest::newRow("not quite UTF-8") << QByteArray("a\xc3(");
        QTest::newRow("one byte") << QByteArray("\0", 1);
        QTest::newRow("64 KiB") << QByteArray(64 * 1024, 'x');
    }
    void whatIsWrittenIsRead()
    {
        QFETCH(QByteArray, secret);
        QCOMPARE(written(QStringLiteral("a"), secret), "ok");
        QCOMPARE(read(QStringLiteral("a")), secret);
        QCOMPARE(read(QStringLiteral("a")), secret); // reading takes nothing away
    }

    void everyNameKeepsItsOwn()
    {
        for (const QString &name : hostileNames())
            QCOMPARE(written(name, "of " + name.toUtf8()), "ok");
        for (const QString &name : hostileNames())
            QCOMPARE(read(name), "of " + name.toUtf8());
        for (const QString &name : hostileNames())
            QCOMPARE(removed(name), "ok");
        for (const QString &name : hostileNames())
            QCOMPARE(read(name), missing(name));
    }

    void theLastWritingHolds()
    {
        for (const char *secret : { "one", "two", "\xff binary", "three" }) {
            QCOMPARE(written(QStringLiteral("a"), secret), "ok");
            QCOMPARE(read(QStringLiteral("a")), secret);
        }
    }

    void whatIsNotThereIsMissing()
    {
        QCOMPARE(read(QStringLiteral("never")), missing(QStringLiteral("never")));
    }
    void removingIsFinalAndMayBeRepeated()
    {
        QCOMPARE(written(QStringLiteral("a"), "x"), "ok");
        QCOMPARE(removed(QStringLiteral("a")), "ok");
        QCOMPARE(removed(QStringLiteral("a")), "ok");
        QCOMPARE(read(QStringLiteral("a")), missing(QStringLiteral("a")));
    }

    void impossibleNamesAndSecretsAreRefused()
    {
        const QByteArray badName = "secrets.name: the name is empty or holds a NUL character";
        const QString nul = QStringLiteral("a") + QChar(u'\0') + QStringLiteral("b");
        for (const QString &name : { QString(), nul, QString(QChar(0xd800)) }) {
            QCOMPARE(written(name, "x"), badName);
            QCOMPARE(read(name), badName);
            QCOMPARE(removed(name), badName);
        }
        QCOMPARE(written(QStringLiteral("a"), {}), "secrets.size: a secret has 1 to 65536 bytes, this one 0");
        QCOMPARE(written(QStringLiteral("a"), QByteArray(65537, 'x')),
            "secrets.size: a secret has 1 to 65536 bytes, this one 65537");
    }

protected:
    QByteArray written(const QString &name, const QByteArray &secret)
    {
        return wordsOf(settle(m_store->write(name, Secret(secret), {})));
    }
    QByteArray removed(const QString &name) { return wordsOf(settle(m_store->remove(name, {}))); }
    QByteArray read(const QString &name)
    {
        const auto found = settle(m_store->read(name, {}));
        return found && *found ? (*found)->reveal() : wordsOf(found);
    }
    static QByteArray missing(const QString &name)
    {
        return "secrets.missing: there is no secret \"" + name.toUtf8() + '"';
    }

    std::shared_ptr<SecretStore> m_store;
};

} // namespace tidemark::test
