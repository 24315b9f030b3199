#include "secrets/secrets.h"
#include "secretstorecontract.h"

using namespace tidemark;

class TestSessionSecrets : public test::SecretStoreContract
{
    Q_OBJECT

protected:
    std::shared_ptr<SecretStore> make() override { return makeSessionSecretStore(); }
};

// Over a keychain that takes everything.
class TestComposedSecrets : public test::SecretStoreContract
{
    Q_OBJECT

protected:
    std::shared_ptr<SecretStore> make() override
    {
        return makeComposedSecretStore(
            { .session = makeSessionSecretStore(), .keychain = makeSessionSecretStore() });
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    TestSessionSecrets session;
    TestComposedSecrets composed;
    return QTest::qExec(&session, argc, argv) + QTest::qExec(&composed, argc, argv);
}

#include "tst_sessionsecrets.moc"
