#include "unreachablekeychain.h"

class TestKeychainAbsent : public tidemark::test::UnreachableKeychain
{
    Q_OBJECT

public:
    TestKeychainAbsent()
        : UnreachableKeychain("secrets.no-keychain:")
    {
    }
};

QTEST_GUILESS_MAIN(TestKeychainAbsent)
#include "tst_keychain_absent.moc"
