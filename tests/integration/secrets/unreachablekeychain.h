#pragma once

#include "secrets/secrets.h"
#include "support/settle.h"

#include <QTest>

namespace tidemark::test {

// A keychain that gives nothing away: each request says why, and what a person gives holds for the session.
class UnreachableKeychain : public QObject
{
    Q_OBJECT

protected:
    explicit UnreachableKeychain(QByteArray code)
        : m_code(std::move(code))
    {
    }

private Q_SLOTS:
    void everyRequestSaysSo()
    {
        const auto store = makeKeychainSecretStore();
        for (const QString &name : { QStringLiteral("locked-away"), QStringLiteral("never there") }) {
            QCOMPARE(codeOf(store->read(name, {})), m_code);
            QCOMPARE(codeOf(store->write(name, Secret("x"), {})), m_code);
            QCOMPARE(codeOf(store->write(name, Secret("\xff"), {})), m_code);
            QCOMPARE(codeOf(store->remove(name, {})), m_code);
        }
        const auto answer = settle(store->read(QStringLiteral("locked-away"), {}));
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().kind, ErrorKind::Unreachable);
    }

    void whatIsGivenHoldsForTheSession()
    {
        const auto store = makeComposedSecretStore(
            { .session = makeSessionSecretStore(), .keychain = makeKeychainSecretStore() });
        QCOMPARE(codeOf(store->write(QStringLiteral("a"), Secret("given"), {})), m_code);
        const auto answer = settle(store->read(QStringLiteral("a"), {}));
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->reveal(), "given");
    }

private:
    template <class T>
    [[nodiscard]] QByteArray codeOf(QCoro::Task<Result<T>> task) const
    {
        return wordsOf(settle(std::move(task))).left(m_code.size());
    }

    QByteArray m_code; // up to the colon
};

} // namespace tidemark::test
