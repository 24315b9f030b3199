#include "unreachablekeychain.h"

class TestKeychainLocked : public tidemark::test::UnreachableKeychain
{
    Q_OBJECT

public:
    TestKeychainLocked()
        : UnreachableKeychain("secrets.locked:")
    {
    }
};

QTEST_GUILESS_MAIN(TestKeychainLocked)
#include "tst_keychain_locked.moc"
